import Configuration
import Platform

/// The folders of the spool. The package's tmpfiles.d makes them with the rights they need; where it did not, as
/// in a trial run by an ordinary user, they are made here, for that user alone.
enum SpoolFolders {
    static func make(_ spool: Settings.Spool) throws(SystemError) {
        for path in [spool.path, spool.incoming, spool.rejected, spool.receipts] {
            try Folder.make(path, mode: 0o700)
        }
    }
}
