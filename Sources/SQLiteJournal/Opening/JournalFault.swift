import GRDB
import Glibc
import Platform
package import SupportDesk

/// Why the journal cannot be used, or a write was not done.
package struct JournalFault: Explained, Hashable {
    /// Stable names of the faults.
    package enum Code: String, Sendable {
        case busy
        case closed
        case contentMissing = "content_missing"
        case corrupt
        case diskFailing = "disk_failing"
        case diskFull = "disk_full"
        case duplicate
        case foreign
        case gone
        case newer
        case notDurable = "not_durable"
        case permission
        case unexpected
    }

    package var code: Code
    package var explanation: Bilingual
    /// Nothing may be written after this until the journal is opened anew.
    var endsWriting = false

    /// Whether what was to be written is certainly not there, now and after a restart. A disk that is full, for one, is
    /// met before the last page of a transaction, without which the others count for nothing.
    var undoesAll: Bool {
        !endsWriting && code != .unexpected
    }

    init(_ code: Code, fr french: String, en english: String) {
        self.code = code
        explanation = Bilingual(fr: french, en: english)
    }

    /// The same, as the end of all writing.
    private var asEnd: JournalFault {
        var end = self
        end.explanation = Bilingual(
            fr: explanation.french + " Rien n'y est plus écrit, rien n'est pris en charge ni envoyé avant un "
                + "redémarrage : « systemctl restart assistd ».",
            en: explanation.english + " Nothing is written any more, taken in or sent until the service is started "
                + "again: “systemctl restart assistd”.")
        end.endsWriting = true
        return end
    }

    static func closed(_ path: String) -> JournalFault {
        JournalFault(
            .closed, fr: "\(path) : le journal est fermé, le service s'arrête.",
            en: "\(path): the journal is closed, the service is stopping.")
    }

    static func duplicate(_ reference: Reference) -> JournalFault {
        JournalFault(
            .duplicate, fr: "La référence \(reference) est déjà dans le journal ; rien n'a été repris.",
            en: "The reference \(reference) is in the journal already; nothing was taken in.")
    }

    static func contentMissing(_ reference: Reference) -> JournalFault {
        JournalFault(
            .contentMissing, fr: "\(reference) doit partir mais n'a pas de message ; rien n'a été repris.",
            en: "\(reference) is to be sent but has no message; nothing was taken in.")
    }

    static func newer(_ path: String) -> JournalFault {
        JournalFault(
            .newer,
            fr: "\(path) a été écrit par une version plus récente d'assistd ; "
                + "installez cette version, ou restaurez une sauvegarde plus ancienne.",
            en: "\(path) was written by a newer version of assistd; "
                + "install that version, or restore an older backup.")
    }

    static func foreign(_ path: String) -> JournalFault {
        JournalFault(
            .foreign,
            fr: "\(path) est une base de données d'un autre programme ; corrigez « url » dans [journal].",
            en: "\(path) is another program's database; correct “url” in [journal].")
    }

    static func notDurable(_ path: String, _ found: String) -> JournalFault {
        JournalFault(
            .notDurable,
            fr: "\(path) : SQLite n'accepte pas les réglages qui protègent d'une coupure de courant (\(found)) ; "
                + "mettez le journal sur un disque local.",
            en: "\(path): SQLite does not accept the settings that protect from a power cut (\(found)); "
                + "put the journal on a local disk.")
    }
}

extension JournalFault {
    /// The database or its log was removed or replaced.
    static func gone(_ file: String) -> JournalFault {
        JournalFault(
            .gone,
            fr: "\(file) a été supprimé ou remplacé pendant que le service l'utilisait ; remettez-le, ou restaurez une "
                + "sauvegarde.",
            en: "\(file) was removed or replaced while the service was using it; put it back, or restore a backup."
        ).asEnd
    }

    /// The database is not there, or nothing is in it, but something of it is.
    static func missing(_ file: String, beside orphan: String) -> JournalFault {
        JournalFault(
            .gone,
            fr:
                "\(file) manque ou est vide, alors que \(orphan) en vient ; remettez-le, ou restaurez une sauvegarde. Pour commencer un "
                + "journal vide, mettez \(orphan) de côté.",
            en:
                "\(file) is missing or empty, though \(orphan) belongs to it; put it back, or restore a backup. To begin an "
                + "empty journal, put \(orphan) aside.")
    }

    /// A message's file could not be written so that it can be relied on; nil where that may pass.
    static func end(_ error: SystemError) -> JournalFault? {
        guard Distrust.endsWriting(error.call, error.code) else { return nil }
        let words = error.explanation
        return JournalFault(.diskFailing, fr: words.french + ".", en: words.english + ".").asEnd
    }

    /// The error as it leaves the journal: in words.
    ///
    /// - Parameter systemErrors: what the kernel said, where the error was met while writing.
    static func of(_ error: any Error, _ path: String, _ systemErrors: [Int32]? = nil) -> any Error {
        // A row that holds what this program never writes, met while writing.
        if let fault = error as? JournalFault, fault.code == .corrupt, systemErrors != nil { return fault.asEnd }
        guard let error = error as? DatabaseError else { return error }
        let fault = inWords(error, path, systemErrors ?? [])
        let isEnd = systemErrors.map { Distrust.endsWriting(error.extendedResultCode, $0) } ?? false
        return isEnd ? fault.asEnd : fault
    }

    private static func inWords(_ error: DatabaseError, _ path: String, _ systemErrors: [Int32]) -> JournalFault {
        let system = systemErrors.last.map { ", \(String(cString: strerror($0)))" } ?? ""
        let told = error.message.map { "\(error.resultCode), \($0)\(system)" } ?? "\(error.resultCode)\(system)"
        switch error.resultCode.primaryResultCode {
        case .SQLITE_IOERR where systemErrors.last == EDQUOT:
            return JournalFault(
                .diskFull, fr: "\(path) : le quota de disque est atteint ; libérez de la place.",
                en: "\(path): the disk quota is reached; free some space.")
        case .SQLITE_FULL:
            return JournalFault(
                .diskFull, fr: "\(path) : le disque est plein ; libérez de la place.",
                en: "\(path): the disk is full; free some space.")
        case .SQLITE_IOERR:
            return JournalFault(
                .diskFailing,
                fr: "\(path) : erreur d'entrée-sortie (\(told)) ; vérifiez le disque et sa place libre.",
                en: "\(path): input or output failed (\(told)); check the disk and its free space.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return JournalFault(
                .corrupt,
                fr: "\(path) est endommagé (\(told)) ; mettez-le de côté avec son -wal et restaurez une sauvegarde.",
                en: "\(path) is damaged (\(told)); put it aside with its -wal and restore a backup.")
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
            return JournalFault(
                .busy,
                fr: "\(path) est verrouillé par un autre programme ; fermez ce qui l'a ouvert (fuser \(path)).",
                en: "\(path) is locked by another program; close what has it open (fuser \(path)).")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            return JournalFault(
                .permission,
                fr: "\(path) ne peut être ouvert en écriture (\(told)) ; vérifiez le propriétaire et les droits "
                    + "du fichier et de son dossier.",
                en: "\(path) cannot be opened for writing (\(told)); check the owner and permissions "
                    + "of the file and of its folder.")
        case .SQLITE_MISUSE where error.message?.contains("closed") == true:
            return closed(path)
        default:
            return JournalFault(
                .unexpected, fr: "\(path) : SQLite a refusé l'opération (\(told)).",
                en: "\(path): SQLite refused the operation (\(told)).")
        }
    }

    /// Whether the rest of a transaction can stand although one of its writes met this.
    static func spoilsOnlyItsOwnWrite(_ error: any Error) -> Bool {
        if let fault = error as? JournalFault { return fault.code == .duplicate || fault.code == .contentMissing }
        guard let error = error as? DatabaseError else { return true }
        switch error.resultCode.primaryResultCode {
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH: return true
        default: return false
        }
    }
}
