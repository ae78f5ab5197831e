import Glibc
import Platform

/// Who is at the other end of the socket, as the kernel says, and what that user may see and do.
struct Caller: Hashable, Sendable {
    var uid: UInt32
    /// root, the service itself, and the members of the admin group see and act on every submission.
    var isAdministrator: Bool

    init(uid: UInt32, adminGroup: String) {
        self.uid = uid
        isAdministrator = uid == 0 || uid == geteuid() || Users.isMember(uid, of: adminGroup)
    }

    /// The uid listings are limited to; nil for none.
    var restriction: UInt32? { isAdministrator ? nil : uid }

    var name: String { Users.name(of: uid) }

    func maySee(uid owner: UInt32) -> Bool { isAdministrator || owner == uid }
}
