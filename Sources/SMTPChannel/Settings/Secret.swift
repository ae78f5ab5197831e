import Glibc
import Platform
package import SupportDesk

/// A password or token, kept elsewhere and read when it is needed, so that a changed one is noticed.
///
/// Two are equal when they are kept in the same place.
package struct Secret: Hashable, Sendable {
    /// Names the place in words for a person: a path, or the like. Never the secret.
    package let place: String
    private let reader: @Sendable () throws -> String

    /// - Parameter read: returns the secret as it stands now.
    package init(place: String, read: @escaping @Sendable () throws -> String) {
        self.place = place
        reader = read
    }

    /// The first and only line of a file.
    package init(file path: String) {
        self.init(place: path) { try Self.line(of: path) }
    }

    package static func == (left: Secret, right: Secret) -> Bool { left.place == right.place }

    package func hash(into hasher: inout Hasher) { hasher.combine(place) }

    /// The secret as it stands now.
    package func read() throws(ChannelFault) -> String {
        let text: String
        do {
            text = try reader()
        } catch {
            let words = error.inWords
            throw ChannelFault(
                .configuration, fr: "Mot de passe ou jeton illisible : \(words.french)",
                en: "The password or token cannot be read: \(words.english)")
        }
        guard !text.isEmpty, !text.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) else {
            throw ChannelFault(
                .configuration,
                fr: "\(place) doit contenir le mot de passe ou le jeton seul, sur une ligne ; elle est vide ou en a "
                    + "plusieurs",
                en: "\(place) must hold the password or token alone, on one line; it is empty or has several")
        }
        return text
    }

    private static func line(of path: String) throws(SystemError) -> String {
        let descriptor = try systemCall("open", on: path) { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = try systemCall("read", on: path) { Glibc.read(descriptor, &bytes, bytes.count) }
        var line = bytes[..<count]
        if line.last == 0x0A { line.removeLast() }
        if line.last == 0x0D { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }
}
