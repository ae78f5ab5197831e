package import SupportDesk

/// What reading one name in the drop zone gave.
package enum Finding: Sendable {
    /// Nothing lies there (any more), or nothing that concerns this program.
    case nothing
    /// It changed while it was read: it is not complete.
    case changing
    /// Complete by itself, but it will be refused unless something still happens to it.
    case lacking(Dropped, Rejection)
    case report(Dropped, Report)
    case refused(Dropped, Rejection)
}

/// The files of one report, as they were found.
package struct Dropped: Hashable, Sendable {
    /// The name as far as it is text.
    package var name: String
    package var isFolder: Bool
    /// The report first, then the attachments that lie beside it. For a folder: the folder alone.
    package var files: [FileIdentity]
    package var owner: UInt32
    /// Bytes of them all.
    package var size: Int

    package init(name: String, isFolder: Bool, files: [FileIdentity], owner: UInt32, size: Int) {
        self.name = name
        self.isFolder = isFolder
        self.files = files
        self.owner = owner
        self.size = size
    }
}
