internal import CLinux
import Glibc

/// The machine's users and groups, and who is at the other end of a local socket.
package enum Users {
    /// The user this process acts as.
    package static var own: UInt32 { geteuid() }

    /// As `name`, but looked up no more than once a minute: the database may lie on a server.
    package static func recentName(of uid: UInt32) -> String {
        let now = ContinuousClock.now
        if let known = names.withLock({ $0[uid] }), now - known.at < .seconds(60) { return known.name }
        let name = name(of: uid)
        names.withLock { names in
            if names.count >= 1000 { names.removeAll() }
            names[uid] = (name, now)
        }
        return name
    }

    private static let names = Locked<[UInt32: (name: String, at: ContinuousClock.Instant)]>([:])

    /// The login name; `uid:1234` for one the machine does not know.
    package static func name(of uid: UInt32) -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 * 1024) { buffer in
            guard let start = buffer.baseAddress else { return "uid:\(uid)" }
            getpwuid_r(uid, &entry, start, buffer.count, &found)
            guard found != nil, let name = entry.pw_name else { return "uid:\(uid)" }
            return String(cString: name)
        }
    }

    /// Whether a user is in a group, as the machine's user database says now. Unknown users and groups: no.
    package static func isMember(_ uid: UInt32, of group: String) -> Bool {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 * 1024) { buffer in
            guard let gid = groupID(group), let start = buffer.baseAddress else { return false }
            getpwuid_r(uid, &entry, start, buffer.count, &found)
            guard found != nil, let name = entry.pw_name else { return false }
            var count: Int32 = 256
            var groups = [gid_t](repeating: 0, count: Int(count))
            if getgrouplist(name, entry.pw_gid, &groups, &count) < 0 {
                groups = [gid_t](repeating: 0, count: Int(count))
                if getgrouplist(name, entry.pw_gid, &groups, &count) < 0 { return false }
            }
            return groups.prefix(Int(count)).contains(gid)
        }
    }

    /// root, the user this process acts as, and the members of a group.
    package static func isAdministrator(_ uid: UInt32, group: String) -> Bool {
        uid == 0 || uid == own || isMember(uid, of: group)
    }

    /// The group's number; nil where the machine does not know it.
    package static func groupID(_ name: String) -> UInt32? {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64 * 1024) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            getgrnam_r(name, &entry, start, buffer.count, &found)
            return found == nil ? nil : entry.gr_gid
        }
    }
}
