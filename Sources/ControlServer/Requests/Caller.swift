/// Who is at the other end of the socket, as the kernel says, and what that user may see and do.
struct Caller: Hashable, Sendable {
    var uid: UInt32
    /// root, the service itself, and the members of the admin group see and act on every submission.
    var isAdministrator: Bool

    /// The uid listings are limited to; nil for none.
    var restriction: UInt32? { isAdministrator ? nil : uid }

    func maySee(uid owner: UInt32) -> Bool { isAdministrator || owner == uid }
}
