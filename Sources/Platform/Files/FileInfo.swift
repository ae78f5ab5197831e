internal import CLinux
package import SupportDesk

/// What `stat` says of a file, never following a link.
package struct FileInfo: Hashable, Sendable {
    package enum Kind: Sendable {
        case regular, folder, link, fifo, socket, device, other
    }

    package var kind: Kind
    package var device: UInt64
    package var inode: UInt64
    package var links: UInt64
    /// Bytes.
    package var size: Int
    /// Nanoseconds since 1970.
    package var modified: Int64
    /// Nanoseconds since 1970; no program can set it back.
    package var changed: Int64
    package var owner: UInt32
    /// Permission bits.
    package var mode: UInt32

    package init(
        kind: Kind, device: UInt64, inode: UInt64, links: UInt64, size: Int, modified: Int64, changed: Int64,
        owner: UInt32, mode: UInt32
    ) {
        self.kind = kind
        self.device = device
        self.inode = inode
        self.links = links
        self.size = size
        self.modified = modified
        self.changed = changed
        self.owner = owner
        self.mode = mode
    }

    init(_ file: clinux_file) {
        switch file.kind {
        case CLINUX_REGULAR: kind = .regular
        case CLINUX_DIRECTORY: kind = .folder
        case CLINUX_LINK: kind = .link
        case CLINUX_FIFO: kind = .fifo
        case CLINUX_SOCKET: kind = .socket
        case CLINUX_DEVICE: kind = .device
        default: kind = .other
        }
        device = file.device
        inode = file.inode
        links = file.links
        size = Int(file.size)
        modified = file.modified
        changed = file.changed
        owner = file.owner
        mode = file.mode
    }

    /// The file's identity under a name.
    package func identity(named name: [UInt8]) -> FileIdentity {
        FileIdentity(name: name, device: device, inode: inode, size: size, modified: modified)
    }
}
