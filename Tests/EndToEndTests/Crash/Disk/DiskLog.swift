import Foundation

/// What the library in Tests/FaultLibrary wrote down of a run: every change of the disk, every sync, and what was said
/// to other programs, in the order in which it took effect.
struct DiskLog: Sendable {
    enum Record: Hashable, Sendable {
        case create(path: String, inode: UInt64)
        case write(inode: UInt64, offset: Int, bytes: [UInt8])
        case truncate(inode: UInt64, size: Int)
        /// The content of a file, or the names in a folder, are durable.
        case sync(inode: UInt64)
        case syncAll
        case rename(from: String, to: String)
        case link(from: String, to: String)
        case unlink(path: String)
        case makeFolder(path: String, inode: UInt64)
        case removeFolder(path: String)
        case send(socket: UInt64, bytes: [UInt8])

        var isSync: Bool {
            switch self {
            case .sync, .syncAll: true
            default: false
            }
        }
    }

    /// A log that is cut short, or of another version.
    struct Damage: Error {}

    let records: [Record]

    init(_ records: [Record]) {
        self.records = records
    }

    /// - Parameter root: a folder; paths in it become relative to it.
    init(_ bytes: [UInt8], below root: String) throws {
        var records: [Record] = []
        var rest = bytes[...]
        func take(_ count: Int) throws -> ArraySlice<UInt8> {
            guard count >= 0, rest.count >= count else { throw Damage() }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        while !rest.isEmpty {
            let head = try take(40)
            let numbers = (0..<5).map { field in
                head.dropFirst(field * 8).prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            let path = try take(Int(numbers[3]))
            records.append(try Self.record(numbers, path, Array(try take(Int(numbers[4]))), below: root))
        }
        self.records = records
    }

    private static func record(
        _ numbers: [UInt64], _ path: ArraySlice<UInt8>, _ bytes: [UInt8], below root: String
    ) throws -> Record {
        func relative(_ path: some Sequence<UInt8>) -> String {
            String(String(decoding: Array(path), as: UTF8.self).dropFirst(root.count).drop { $0 == "/" })
        }
        let (inode, number, path) = (numbers[1], Int(numbers[2]), relative(path))
        return switch numbers[0] {
        case 1: .create(path: path, inode: inode)
        case 2: .write(inode: inode, offset: number, bytes: bytes)
        case 3: .truncate(inode: inode, size: number)
        case 4: .sync(inode: inode)
        case 5: .syncAll
        case 6: .rename(from: path, to: relative(bytes))
        case 7: .link(from: path, to: relative(bytes))
        case 8: .unlink(path: path)
        case 9: .makeFolder(path: path, inode: inode)
        case 10: .removeFolder(path: path)
        case 11: .send(socket: inode, bytes: bytes)
        default: throw Damage()
        }
    }

    /// What was said on each socket before a cut.
    func said(before cut: Int) -> [[UInt8]] {
        var streams: [UInt64: [UInt8]] = [:]
        var order: [UInt64] = []
        for case .send(let socket, let bytes) in records.prefix(cut) {
            if streams[socket] == nil { order.append(socket) }
            streams[socket, default: []] += bytes
        }
        return order.compactMap { streams[$0] }
    }

    /// Where a disk is most likely to be wrong: before and after each sync.
    var boundaries: [Int] {
        records.indices.filter { records[$0].isSync }.flatMap { [$0, $0 + 1] }
    }
}
