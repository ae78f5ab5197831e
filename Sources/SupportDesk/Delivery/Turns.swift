/// Whose turn it is to be sent. Pure: it is told who has something ready.
///
/// Every other place is the most urgent's, whosever it is. The places between go round: from user to user, and within
/// a user from license to license, since all that comes by a file share may belong to one. So urgency counts, and still
/// nobody waits for more than one round, however much another has dropped and however urgent they call it. While one user
/// alone has something, urgency decides all but every sixteenth place.
package struct Turns: Sendable {
    /// What takes its turn: one user's submissions for one license.
    package struct Share: Hashable, Sendable {
        package var user: Int64
        package var license: String

        package init(user: Int64, license: String) {
            self.user = user
            self.license = license
        }
    }

    private var isUrgentNext = true
    /// How many turns in a row nobody else had anything.
    private var alone = 0
    private var lastUser: Int64?
    private var lastLicense: [Int64: String] = [:]
    private static let patience = 8
    /// Of how many users the last license is remembered; without it, one begins with their first again.
    private static let bound = 10_000

    package init() {}

    /// Takes the next place.
    ///
    /// - Parameters:
    ///   - user: the least user above one, or of all, who has something ready.
    ///   - license: the least license above one, or of all, for which that user has something ready.
    /// - Returns: whose turn it is; nil where the place is the most urgent's.
    package mutating func next(
        user: (_ above: Int64?) throws -> Int64?, license: (Int64, _ above: String?) throws -> String?
    ) rethrows -> Share? {
        defer { isUrgentNext.toggle() }
        if isUrgentNext { return nil }
        let behind = try user(lastUser)
        guard let next = try behind ?? user(nil) else { return nil }
        // Nobody behind the last one, and they are the first of all: nobody else has anything.
        let isKnownAlone = behind == nil && next == lastUser
        lastUser = next
        alone = try isKnownAlone || user(next) == nil && user(nil) == next ? alone + 1 : 0
        if alone % Self.patience != 0 { return nil }
        guard let chosen = try license(next, lastLicense[next]) ?? license(next, nil) else { return nil }
        if lastLicense.count >= Self.bound { lastLicense = [:] }
        lastLicense[next] = chosen
        return Share(user: next, license: chosen)
    }
}
