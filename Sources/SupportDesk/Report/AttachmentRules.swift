/// Which files may travel with a report: bare names, and nothing that runs when it is opened.
package enum AttachmentRules {
    /// Checks name and content.
    ///
    /// - Parameter line: where the report names it, if it does.
    package static func check(_ attachment: Attachment, line: Int? = nil) throws(Rejection) {
        try check(name: attachment.name, line: line)
        if isExecutable(attachment.head) { throw executable(attachment.name, line) }
    }

    /// Checks a name, before the file is looked for.
    package static func check(name: String, line: Int? = nil) throws(Rejection) {
        guard isBare(name) else {
            throw unsafe(
                name, line,
                Bilingual(
                    fr:
                        "Donnez le seul nom d'un fichier déposé à côté du rapport, sans dossier, d'au plus 255 octets et ne "
                        + "commençant pas par un point.",
                    en:
                        "Give only the name of a file that lies beside the report, without a folder, of 255 bytes at most "
                        + "and not beginning with a dot."))
        }
        // What follows a colon names a stream to Windows; other systems and mail programs keep it, or write another sign.
        let stem = String(name.prefix { $0 != ":" })
        if [stem, name].contains(where: { forbidden.contains(suffix(of: $0)) }) { throw executable(name, line) }
    }

    /// A file name and nothing more: no folder, no stream, nothing hidden, nothing that reads other than it is.
    private static func isBare(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count) && !name.utf8.starts(with: ".".utf8) && !hasDrive(name)
            && !name.unicodeScalars.contains {
                $0 == "/" || $0 == "\\" || $0.isControl || $0.isBidiControl || $0 == "\u{2028}" || $0 == "\u{2029}"
            }
    }

    /// `C:notes.txt` is a file somewhere else on Windows.
    private static func hasDrive(_ name: String) -> Bool {
        let start = Array(name.utf8.prefix(2))
        return start.count == 2 && start[0].isLetterOrDigit && !start[0].isDigit && start[1] == UInt8(ascii: ":")
    }

    /// The last suffix as Windows understands it: it ignores blanks and dots at the end.
    private static func suffix(of name: String) -> String {
        var scalars = name.lowercased().unicodeScalars[...]
        while let last = scalars.last, last == "." || last.isBlank { scalars.removeLast() }
        guard let dot = scalars.lastIndex(of: ".") else { return "" }
        return Substring(scalars[scalars.index(after: dot)...]).trimmed
    }

    /// By what the first bytes say, whatever the name.
    package static func isExecutable(_ content: some Collection<UInt8>) -> Bool {
        let head = Array(content.prefix(64))
        let marks: [[UInt8]] = [
            // ELF
            [0x7F, 0x45, 0x4C, 0x46],
            // Mach-O
            [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE],
            // Java, and Mach-O for several processors
            [0xCA, 0xFE, 0xBA, 0xBE],
            // A Windows shortcut
            [0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00],
        ]
        if marks.contains(where: { head.starts(with: $0) }) { return true }
        // A text may begin with these letters; a program holds NUL soon after them.
        if head.starts(with: [0x4D, 0x5A]), head.contains(0) { return true }
        // A script names its interpreter by a path.
        guard head.starts(with: [0x23, 0x21]) else { return false }
        return head.dropFirst(2).first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "/")
    }

    /// What Windows, and mail programs with it, start on a double click; scripts and programs of other systems.
    private static let forbidden: Set<String> = [
        "ade", "adp", "apk", "app", "appimage", "application", "appref-ms", "appx", "appxbundle", "bash", "bat", "chm",
        "cmd", "com", "cpl", "csh", "desktop", "diagcab", "dll", "drv", "elf", "exe", "gadget", "hta", "inf", "ins",
        "iso",
        "isp", "jar", "jnlp", "js", "jse", "ksh", "library-ms", "lnk", "search-ms", "settingcontent-ms", "vhd", "vhdx",
        "xbap", "mde", "msc", "msh", "msi", "msix", "msp", "mst", "ocx", "pif", "pl", "ps1", "ps1xml", "ps2",
        "psc1", "psd1", "psm1", "py", "pyc", "rb", "reg", "run", "scf", "scr", "sct", "sh", "so", "sys", "url", "vb",
        "vbe", "vbs", "vxd", "ws", "wsc", "wsf", "wsh", "xll", "zsh",
    ]

    private static func executable(_ name: String, _ line: Int?) -> Rejection {
        unsafe(
            name, line,
            Bilingual(
                fr:
                    "Les programmes et les scripts ne sont pas transmis. Joignez plutôt une copie d'écran ou un journal.",
                en: "Programs and scripts are not passed on. Attach a screenshot or a log instead."))
    }

    private static func unsafe(_ name: String, _ line: Int?, _ advice: Bilingual) -> Rejection {
        let french = line.map { ", ligne \($0)" } ?? ""
        let english = line.map { " on line \($0)" } ?? ""
        return Rejection(
            .unsafeAttachment,
            fr: "La pièce jointe « \(name.excerpt) »\(french) est refusée. \(advice.french)",
            en: "The attachment “\(name.excerpt)”\(english) is refused. \(advice.english)")
    }
}
