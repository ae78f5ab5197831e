import Glibc
import Platform
import SupportDesk

/// What the kernel says of a folder.
struct FolderState {
    let path: String
    let device: UInt64
    let owner: uid_t
    let mode: mode_t
    /// Whether this process may list it, make files in it and reach them.
    let isUsable: Bool
    /// Whether it lies on another machine: no events, and locks nobody should trust a database to.
    let isRemote: Bool

    /// - Throws: a fault that says what is there instead, or why it cannot be asked.
    init(_ path: String, on machine: Machine, check name: String) throws(NotAFolder) {
        var found = stat()
        do throws(SystemError) {
            // Followed where it is a link: an administrator may have moved the spool that way.
            try systemCall("stat", on: path) { stat(path, &found) }
        } catch {
            throw NotAFolder(
                check: .fault(
                    name, fr: "\(path) : \(error.reason.french).", en: "\(path): \(error.reason.english).",
                    mend: error.code == ENOENT
                        ? Bilingual(
                            fr: "« systemd-tmpfiles --create assistd.conf » le crée, ou corrigez spool.path.",
                            en: "\"systemd-tmpfiles --create assistd.conf\" makes it, or correct spool.path.")
                        : Bilingual(
                            fr: "vérifiez les droits des dossiers au-dessus (namei -l \(path)).",
                            en: "check the permissions of the folders above (namei -l \(path)).")))
        }
        guard found.st_mode & S_IFMT == S_IFDIR else {
            throw NotAFolder(
                check: .fault(
                    name, fr: "\(path) n'est pas un dossier.", en: "\(path) is not a folder.",
                    mend: Bilingual(
                        fr: "déplacez ce fichier, puis « systemd-tmpfiles --create assistd.conf ».",
                        en: "move this file away, then \"systemd-tmpfiles --create assistd.conf\".")))
        }
        self.path = path
        device = UInt64(found.st_dev)
        owner = found.st_uid
        mode = found.st_mode & 0o7777
        isUsable = machine.mayUse(path)
        isRemote = machine.isRemote(path)
    }

    struct NotAFolder: Error {
        var check: DoctorCheck
    }
}
