import Platform

/// Where people and programs drop, and where refused reports go.
package struct DropZonePaths: Hashable, Sendable {
    package var incoming: String
    package var rejected: String

    package init(incoming: String, rejected: String) {
        self.incoming = incoming
        self.rejected = rejected
    }
}

/// The drop zone, open and watched.
struct DropZone: Sendable {
    let incoming: Folder
    let watch: FolderWatch
    let disposal: Disposal

    /// The watch is set up before the first look, so that nothing falls between them.
    init(_ paths: DropZonePaths) throws(SystemError) {
        watch = try FolderWatch(paths.incoming)
        incoming = try Folder(paths.incoming)
        disposal = Disposal(incoming: incoming, rejected: try Folder(paths.rejected))
    }
}
