import TestSupport

/// A disk as a power cut could leave it: what a log did to a tree of files, split into what was synced and what was not.
struct Disk {
    /// Which of what was not synced is there afterwards.
    enum Loss: Hashable, Sendable, CaseIterable {
        /// None of it.
        case all
        /// Every name, and no bytes: files are there and empty.
        case bytes
        /// Names as far as a log of the file system's own came; of the bytes, whatever the disk wrote first.
        case some
        /// Of the bytes, whatever the disk wrote first; none of the names.
        case names
        /// All of it is there: the cut came a long time later.
        case nothing
    }

    final class Node {
        let isFolder: Bool
        /// The very file that lay there at the start.
        let origin: UInt64?
        fileprivate var changes: [(at: Int, change: Change)] = []
        fileprivate var syncedBefore = 0

        init(isFolder: Bool, origin: UInt64? = nil) {
            self.isFolder = isFolder
            self.origin = origin
        }
    }

    fileprivate enum Change {
        case write(offset: Int, bytes: [UInt8])
        case truncate(Int)
    }

    private struct Naming {
        var at: Int
        var folders: [Node]
        var old: String?
        var new: (path: String, node: Node)?
    }

    /// What lay there at the start: path and node.
    private let beginning: [String: Node]
    private var tree: [String: Node]
    private var byInode: [UInt64: Node]
    private var namings: [Naming] = []
    private var allSyncedBefore = 0
    private var lastSync = 0
    private let length: Int

    /// - Parameters:
    ///   - beginning: paths, "" for the whole, and inodes of what lay there at the start; it was synced.
    ///   - cut: how many records took effect.
    init(_ beginning: [String: (inode: UInt64, isFolder: Bool)], _ log: DiskLog, cut: Int) {
        byInode = [:]
        for (_, found) in beginning { byInode[found.inode] = Node(isFolder: found.isFolder, origin: found.inode) }
        self.beginning = beginning.mapValues { [byInode] in byInode[$0.inode] ?? Node(isFolder: $0.isFolder) }
        tree = self.beginning
        length = cut
        for (at, record) in log.records.prefix(cut).enumerated() { apply(record, at: at) }
    }

    private mutating func apply(_ record: DiskLog.Record, at index: Int) {
        switch record {
        case .create(let path, let inode): add(path, inode, isFolder: false, at: index)
        case .makeFolder(let path, let inode): add(path, inode, isFolder: true, at: index)
        case .write(let inode, let offset, let bytes):
            byInode[inode]?.changes.append((index, .write(offset: offset, bytes: bytes)))
        case .truncate(let inode, let size): byInode[inode]?.changes.append((index, .truncate(size)))
        case .sync(let inode):
            byInode[inode]?.syncedBefore = index
            lastSync = index
        case .syncAll:
            allSyncedBefore = index
            lastSync = index
        case .rename(let old, let new):
            guard let node = tree[old] else { return }
            name(at: index, old: old, new: (new, node))
        case .link(let old, let new):
            guard let node = tree[old] else { return }
            name(at: index, old: nil, new: (new, node))
        case .unlink(let path), .removeFolder(let path): name(at: index, old: path, new: nil)
        case .send: break
        }
    }

    private mutating func add(_ path: String, _ inode: UInt64, isFolder: Bool, at index: Int) {
        let node = Node(isFolder: isFolder)
        byInode[inode] = node
        name(at: index, old: nil, new: (path, node))
    }

    private mutating func name(at index: Int, old: String?, new: (path: String, node: Node)?) {
        let folders = [old, new?.path].compactMap { $0.flatMap { tree[Self.folder(of: $0)] } }
        let naming = Naming(at: index, folders: folders, old: old, new: new)
        namings.append(naming)
        Self.apply(naming, to: &tree)
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// A folder that moves takes along what is in it.
    private static func apply(_ naming: Naming, to tree: inout [String: Node]) {
        if let old = naming.old {
            let inside = tree.filter { $0.key.hasPrefix(old + "/") }
            for (path, node) in inside {
                tree[path] = nil
                if let new = naming.new { tree[new.path + path.dropFirst(old.count)] = node }
            }
            tree[old] = nil
        }
        if let new = naming.new { tree[new.path] = new.node }
    }

    // MARK: After the cut

    /// The tree after the cut: what lies under which path, without what lies in no folder any more.
    func names(_ loss: Loss, _ generator: inout SeededGenerator) -> [String: Node] {
        var tree = beginning
        let logged = Int.random(in: lastSync...max(lastSync, length), using: &generator)
        for naming in namings {
            let isSynced = naming.at < allSyncedBefore || naming.folders.contains { naming.at < $0.syncedBefore }
            let isKept =
                switch loss {
                case .all, .names: false
                case .bytes, .nothing: true
                case .some: naming.at < logged
                }
            if isSynced || isKept { Self.apply(naming, to: &tree) }
        }
        // Parents first: what lies in a folder that is not there is not there either.
        var reachable: [String: Node] = [:]
        for (path, node) in tree.sorted(by: { $0.key < $1.key })
        where path.isEmpty || reachable[Self.folder(of: path)]?.isFolder == true {
            reachable[path] = node
        }
        return reachable
    }

    /// The bytes of a file that was made during the run.
    func content(of node: Node, _ loss: Loss, _ generator: inout SeededGenerator) -> [UInt8] {
        var content: [UInt8] = []
        for (at, change) in node.changes {
            let isSynced = at < max(node.syncedBefore, allSyncedBefore)
            switch (loss, isSynced) {
            case (_, true), (.nothing, _): change.apply(to: &content)
            case (.all, _), (.bytes, _): break
            case (.some, _), (.names, _): change.tear(into: &content, &generator)
            }
        }
        return content
    }
}

extension Disk.Change {
    fileprivate func apply(to content: inout [UInt8]) {
        switch self {
        case .truncate(let size):
            content = Array(content.prefix(size)) + Array(repeating: 0, count: max(0, size - content.count))
        case .write(let offset, let bytes): Self.put(bytes[...], at: offset, into: &content)
        }
    }

    /// The disk wrote it, or did not, or wrote some of its sectors.
    fileprivate func tear(into content: inout [UInt8], _ generator: inout SeededGenerator) {
        switch (self, Int.random(in: 0..<3, using: &generator)) {
        case (_, 0): break
        case (.write(let offset, let bytes), 1):
            let sector = Bool.random(using: &generator) ? 512 : 4096
            for start in stride(from: 0, to: bytes.count, by: sector) where Bool.random(using: &generator) {
                Self.put(bytes[start..<min(start + sector, bytes.count)], at: offset + start, into: &content)
            }
        default: apply(to: &content)
        }
    }

    private static func put(_ bytes: ArraySlice<UInt8>, at offset: Int, into content: inout [UInt8]) {
        let end = offset + bytes.count
        if content.count < end { content += Array(repeating: 0, count: end - content.count) }
        content.replaceSubrange(offset..<end, with: bytes)
    }
}
