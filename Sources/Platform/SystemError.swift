import Glibc
package import SupportDesk

/// A system call that failed: which, on what, and the kernel's reason.
package struct SystemError: Explained, Hashable {
    package var call: String
    package var subject: String
    package var code: Int32

    package init(_ call: String, _ subject: String, code: Int32) {
        self.call = call
        self.subject = subject
        self.code = code
    }

    /// The kernel's reason: in English as the C library words it, in French for what happens with files.
    package var reason: Bilingual {
        let english = String(cString: strerror(code))
        return Bilingual(fr: Self.french[code] ?? english, en: english)
    }

    package var explanation: Bilingual {
        let mend = Self.mends[code]
        return Bilingual(
            fr: "\(subject) : \(call) a échoué (\(reason.french))" + (mend.map { " ; \($0.french)" } ?? ""),
            en: "\(subject): \(call) failed (\(reason.english))" + (mend.map { "; \($0.english)" } ?? ""))
    }

    private static let french: [Int32: String] = [
        EACCES: "permission refusée", EPERM: "opération non permise", ENOENT: "n'existe pas", EEXIST: "existe déjà",
        ENOTDIR: "n'est pas un dossier", EISDIR: "est un dossier", ENOSPC: "disque plein",
        EDQUOT: "quota de disque atteint", EROFS: "lecture seule", EMFILE: "trop de fichiers ouverts",
        EIO: "erreur d'entrée-sortie", ELOOP: "trop de liens", EXDEV: "pas sur le même disque",
    ]

    private static let mends: [Int32: Bilingual] = [
        EACCES: Bilingual(fr: "vérifiez le propriétaire et les droits", en: "check its owner and permissions"),
        EPERM: Bilingual(fr: "vérifiez le propriétaire et les droits", en: "check its owner and permissions"),
        ENOENT: Bilingual(fr: "créez-le ou corrigez le chemin", en: "create it or correct the path"),
        ENOSPC: Bilingual(fr: "libérez de la place sur ce disque", en: "free space on this disk"),
        EDQUOT: Bilingual(fr: "le quota de disque est atteint", en: "the disk quota is reached"),
        EROFS: Bilingual(
            fr: "le disque est monté en lecture seule, ou l'unité n'a pas de ReadWritePaths= pour ce dossier",
            en: "the disk is mounted read-only, or the unit has no ReadWritePaths= for this folder"),
        EMFILE: Bilingual(fr: "augmentez LimitNOFILE dans l'unité", en: "raise LimitNOFILE in the unit"),
        EIO: Bilingual(fr: "le disque est défaillant : vérifiez-le", en: "the disk is failing: check it"),
    ]
}

/// Calls again while a signal interrupts; throws what the kernel says otherwise.
@discardableResult
package func systemCall<Result: SignedInteger>(
    _ name: String, on subject: @autoclosure () -> String, _ body: () -> Result
) throws(SystemError) -> Result {
    while true {
        let result = body()
        if result != -1 { return result }
        let code = errno
        if code != EINTR { throw SystemError(name, subject(), code: code) }
    }
}
