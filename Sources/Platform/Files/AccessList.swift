/// Who may do what with a file, beyond its owner and group: a POSIX access list as the kernel keeps it in the attribute
/// `system.posix_acl_access` (acl(5), linux/posix_acl_xattr.h). Pure.
struct AccessList: Hashable {
    private enum Tag: UInt16 {
        case owner = 0x01
        case user = 0x02
        case group = 0x04
        case namedGroup = 0x08
        case mask = 0x10
        case others = 0x20
    }

    private struct Entry: Hashable {
        var tag: UInt16
        var permissions: UInt16
        var id = UInt32.max
    }

    private static let version: UInt32 = 2
    private static let read: UInt16 = 4
    private var entries: [Entry]

    /// What a file's mode says.
    init(mode: UInt32) {
        entries = [
            Entry(tag: Tag.owner.rawValue, permissions: UInt16(mode >> 6 & 7)),
            Entry(tag: Tag.group.rawValue, permissions: UInt16(mode >> 3 & 7)),
            Entry(tag: Tag.others.rawValue, permissions: UInt16(mode & 7)),
        ]
    }

    /// The attribute's bytes; nil where they are no such list.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 4, bytes.count % 8 == 4, Self.number(bytes[0..<4]) == Self.version else { return nil }
        entries = stride(from: 4, to: bytes.count, by: 8).map { start in
            Entry(
                tag: UInt16(Self.number(bytes[start..<start + 2])),
                permissions: UInt16(Self.number(bytes[start + 2..<start + 4])),
                id: Self.number(bytes[start + 4..<start + 8]))
        }
    }

    /// Lets one user read, and nobody who is not named.
    mutating func allowReading(only uid: UInt32) {
        entries.removeAll { $0.tag == Tag.user.rawValue && $0.id == uid }
        entries.append(Entry(tag: Tag.user.rawValue, permissions: Self.read, id: uid))
        if !entries.contains(where: { $0.tag == Tag.mask.rawValue }) {
            // Without a mask the group's own rights were what named ones are cut down to.
            let group = entries.first { $0.tag == Tag.group.rawValue }?.permissions ?? 0
            entries.append(Entry(tag: Tag.mask.rawValue, permissions: group))
        }
        for index in entries.indices {
            if entries[index].tag == Tag.mask.rawValue { entries[index].permissions |= Self.read }
            if entries[index].tag == Tag.others.rawValue { entries[index].permissions = 0 }
        }
        // The kernel wants them in this order.
        entries.sort { ($0.tag, $0.id) < ($1.tag, $1.id) }
    }

    var bytes: [UInt8] {
        entries.reduce(into: Self.octets(Self.version, 4)) { bytes, entry in
            bytes += Self.octets(UInt32(entry.tag), 2) + Self.octets(UInt32(entry.permissions), 2)
            bytes += Self.octets(entry.id, 4)
        }
    }

    private static func number(_ octets: ArraySlice<UInt8>) -> UInt32 {
        octets.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func octets(_ number: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
    }
}
