import SupportDesk

@testable import Mail

extension FuzzTarget {
    /// The register in CSV.
    static let register = FuzzTarget(name: "register") { bytes in
        let read = try read(bytes)
        guard bytes.count < 4000, bytes.first != 0xFE, bytes.first != 0xFF, !bytes.contains(0x0D) else { return }
        let other = try FuzzTarget.read(bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
        try promise(read == other, "other line ends give another register")
    }

    private static func read(_ bytes: [UInt8]) throws -> Register? {
        do {
            let register = try Register.parse(bytes)
            for entry in register.entries {
                try promise(!entry.license.isEmpty, "an entry without a license")
                try promise(register[entry.license] == entry, "\(entry.license) is not found")
                try promise(
                    LicenseNumber.normalised(entry.license) == entry.license, "\(entry.license) is not normalised")
                try promise(LicenseNumber(entry.license).secret == nil, "a secret in the register")
            }
            return register
        } catch let fault as RegisterFault {
            try fault.flaws.check(bytes)
            return nil
        }
    }

    /// The list of released versions.
    static let versions = FuzzTarget(name: "versions") { bytes in
        do {
            _ = try ReleasedVersions.parse(bytes)
        } catch let fault as ReleasedVersionsFault {
            try fault.flaws.check(bytes)
        }
    }

    /// The partner's file.
    static let partner = FuzzTarget(name: "partner") { bytes in
        do {
            let file = try PartnerFile.parse(bytes)
            for note in file.notes { try note.text.checkWords("note") }
        } catch let fault as PartnerFileFault {
            try fault.explanation.checkWords("fault")
        }
    }

    /// A license number and a version as somebody wrote them.
    static let license = FuzzTarget(name: "license") { bytes in
        let written = String(decoding: bytes, as: UTF8.self)
        let number = LicenseNumber(written)
        try promise(LicenseNumber.normalised(number.normalised) == number.normalised, "normalising again changes it")
        try promise(LicenseNumber(written + " ").normalised == number.normalised, "a blank behind changes it")
        // Whoever writes small letters, or those of a Japanese keyboard, means the same number.
        if bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) {
            let small = LicenseNumber(written.lowercased())
            try promise(small == number, "small letters change it: \(small) \(number)")
            if bytes.allSatisfy({ $0 > 0x20 }) {
                let wide = written.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }
                let other = LicenseNumber(String(String.UnicodeScalarView(wide)))
                try promise(other == number, "full width changes it: \(other) \(number)")
            }
        }
        if number.secret != nil {
            try promise(!number.masked.contains { $0 != "*" }, "a secret is shown")
        }
        for digit in LicenseRules.CheckDigit.allCases {
            var rules = LicenseRules()
            rules.checkDigit = digit
            do {
                let taken = try rules.check(written)
                let isPlain = taken.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
                try promise(isPlain && (4...20).contains(taken.utf8.count), "taken: \(taken)")
                try promise(number.secret == nil, "a secret was taken")
            } catch let error as Rejection {
                try error.check()
                let isTold = number.normalised.utf8.count > 12 && error.explanation.english.contains(number.normalised)
                try promise(!isTold, "the reason repeats what was given")
            }
        }
        if let version = ProductVersion(written) {
            try promise(ProductVersion("\(version)") == version, "\(version) is read as another version")
            try version.name.checkWords("version")
        }
    }

    /// The name of a file in the drop zone, and of an attachment.
    static let names = FuzzTarget(name: "names") { bytes in
        let format = ReportFormat.of(bytes)
        if bytes.first == UInt8(ascii: ".") { try promise(format == .ignored, "a hidden file is looked at") }
        _ = ReportFormat.of(bytes, isDirectory: true)
        let found = ReportFormat.reportName(among: [bytes, Array("b".utf8)])
        try promise(found == nil || found == bytes, "another file for the report")
        let name = String(decoding: bytes, as: UTF8.self)
        do {
            try AttachmentRules.check(name: name)
            try checkFileName(name)
            let ending = name.lowercased().split(separator: ".").dropFirst().last.map(String.init) ?? ""
            try promise(!["exe", "bat", "js", "lnk", "ps1", "sh"].contains(ending), "\(name) runs")
        } catch let error as Rejection {
            try error.check()
        }
        if let bare = FileName.bare(name) {
            try checkFileName(bare)
            try promise(FileName.bare(bare) == bare, "a bare name changes once more: \(bare)")
            try promise(bare.utf8.count <= 200, "\(bare.utf8.count) bytes")
        }
    }
}
