import Glibc
import Platform
import SupportDesk

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
    /// nil where the kernel's limits leave none: then only the looks through the folder tell what is there.
    let watch: FolderWatch?
    /// Why there is none.
    let blindness: SystemError?
    let disposal: Disposal

    /// The watch is set up before the first look, so that nothing falls between them.
    init(_ paths: DropZonePaths, onHint: @escaping @Sendable () -> Void) throws(SystemError) {
        do throws(SystemError) {
            watch = try FolderWatch(paths.incoming, onHint: onHint)
            blindness = nil
        } catch {
            guard [ENOSPC, EMFILE, ENOMEM].contains(error.code) else { throw error }
            watch = nil
            blindness = error
        }
        incoming = try Folder(paths.incoming)
        let rejected = try Folder(paths.rejected)
        try rejected.removeLeftovers()
        disposal = Disposal(incoming: incoming, rejected: rejected)
    }
}

/// The folder people drop into is not there any more.
struct DropZoneLost: Explained {
    let path: String

    var explanation: Bilingual {
        Bilingual(
            fr: "\(path) a disparu ou a été remplacé ; le service reprend dès que le dossier est là",
            en: "\(path) is gone or was replaced; the service goes on as soon as the folder is there")
    }
}
