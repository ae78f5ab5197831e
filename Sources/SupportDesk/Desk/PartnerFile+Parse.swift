extension PartnerFile {
    /// Reads the INI file of a partner: Windows-1252 or UTF-8, any line ends, names without case and accents.
    ///
    /// What is not understood is passed over with a note, because the file is made by hand and elsewhere.
    package static func parse(_ bytes: [UInt8]) throws(PartnerFileFault) -> PartnerFile {
        guard bytes.count <= largest else { throw .tooLarge }
        let text: [UInt8]
        do throws(Rejection) {
            text = try TextEncoding.utf8(of: bytes, declared: nil)
        } catch {
            guard error.reason.code != .binary else {
                throw .binary(line: bytes.firstIndex(of: 0).map { bytes.line(at: $0) })
            }
            throw .encoding(error)
        }
        var reading = PartnerReading()
        for (line, octets) in PartnerReading.lines(of: text) {
            try reading.take(String(decoding: octets, as: UTF8.self).trimmed, line: line)
        }
        return try reading.finish()
    }
}

/// A partner file on its way from lines to a partner.
private struct PartnerReading {
    private enum Section { case partner, assistance, unknown }

    /// Characters of a value; more is no coordinate.
    private static let longest = 300

    private var section: Section?
    private var isAnySectionKnown = false
    private var firstLine: Int?
    private var partner = Partner()
    /// Lines of one text come numbered, in any order.
    private var names: [(number: Int, text: String)] = []
    private var addresses: [(number: Int, text: String)] = []
    private var messages: [(number: Int, text: String)] = []
    private var notes: [PartnerFile.Note] = []

    /// Cuts at LF, CRLF and CR, and counts from 1.
    static func lines(of text: [UInt8]) -> [(Int, ArraySlice<UInt8>)] {
        var lines: [(Int, ArraySlice<UInt8>)] = []
        var start = 0
        var previous: UInt8 = 0
        for (place, byte) in text.enumerated() {
            if byte == 0x0A, previous == 0x0D {
                start = place + 1
            } else if byte == 0x0A || byte == 0x0D {
                lines.append((lines.count + 1, text[start..<place]))
                start = place + 1
            }
            previous = byte
        }
        if start < text.count { lines.append((lines.count + 1, text[start...])) }
        return lines
    }

    mutating func take(_ text: String, line: Int) throws(PartnerFileFault) {
        guard let first = text.unicodeScalars.first, first != ";", first != "#" else { return }
        firstLine = firstLine ?? line
        if first == "[" { return try open(text, line: line) }
        guard let equals = text.unicodeScalars.firstIndex(of: "=") else {
            return note(
                line, fr: "« \(text.excerpt) » n'est pas de la forme nom=valeur",
                en: "“\(text.excerpt)” is not of the form name=value")
        }
        let key = text[..<equals].trimmed
        guard let section else {
            return note(
                line, fr: "« \(key.excerpt) » se trouve avant toute section",
                en: "“\(key.excerpt)” stands before any section")
        }
        let value = Self.value(text[text.unicodeScalars.index(after: equals)...])
        switch section {
        case .unknown: break
        case .partner: setPartner(key, value, line)
        case .assistance: setAssistance(key, value, line)
        }
    }

    private mutating func open(_ text: String, line: Int) throws(PartnerFileFault) {
        guard let end = text.unicodeScalars.firstIndex(of: "]") else { throw .brokenSection(text, line: line) }
        let name = text[..<end].dropFirst().trimmed
        switch FieldName.fold(name) {
        case "partenaire": section = .partner
        case "assistance": section = .assistance
        default:
            section = .unknown
            note(line, fr: "section inconnue « \(name.excerpt) »", en: "unknown section “\(name.excerpt)”")
        }
        if section != .unknown { isAnySectionKnown = true }
    }

    private mutating func setPartner(_ key: String, _ value: String, _ line: Int) {
        let (name, number) = Self.numbered(key)
        guard !value.isEmpty else { return }
        switch name {
        case "raisonsociale": names.append((number, value))
        case "adresse": addresses.append((number, value))
        case "telephone": keep(PhoneNumber(asWritten: value), at: \.phone, key, line)
        case "contactcommercial": keep(value, at: \.salesContact, key, line)
        // A picture for windows that this program does not have.
        case "logo": break
        default: noteUnknown(key, line)
        }
    }

    private mutating func setAssistance(_ key: String, _ value: String, _ line: Int) {
        let (name, number) = Self.numbered(key)
        guard !value.isEmpty else { return }
        switch name {
        case "assistance": keep(value, at: \.assistance.name, key, line)
        case "email":
            guard let address = EmailAddress(value) else {
                return note(
                    line, fr: "« \(value.excerpt) » n'est pas une adresse de courriel",
                    en: "“\(value.excerpt)” is no e-mail address")
            }
            Self.add(address, to: &partner.assistance.emails)
        case "internet": Self.add(value, to: &partner.assistance.webs)
        case "message": messages.append((number, value))
        case "telephone": Self.add(PhoneNumber(asWritten: value), to: &partner.assistance.phones)
        case "prisemaindistance": keep(value, at: \.assistance.remoteControl, key, line)
        default: noteUnknown(key, line)
        }
    }

    consuming func finish() throws(PartnerFileFault) -> PartnerFile {
        guard isAnySectionKnown else { throw .noSection(line: firstLine) }
        partner.name = Self.ordered(names)
        partner.address = Self.ordered(addresses)
        partner.assistance.message = Self.ordered(messages)
        return PartnerFile(partner: partner, notes: notes)
    }

    private static func ordered(_ lines: [(number: Int, text: String)]) -> [String] {
        lines.enumerated().sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }
            .map(\.element.text)
    }

    /// A key without case and accents, and the number of its line: `Adresse.Ligne2` is line 2 of `adresse`.
    private static func numbered(_ key: String) -> (name: String, number: Int) {
        let folded = FieldName.fold(key)
        guard let dot = folded.utf8.lastIndex(of: UInt8(ascii: ".")) else { return (folded, 0) }
        let last = folded[folded.utf8.index(after: dot)...]
        guard last.hasPrefix("ligne"), last.utf8.count <= 9, let number = Int(last.dropFirst(5)), number >= 0,
            ["raisonsociale", "adresse", "message"].contains(folded[..<dot])
        else { return (folded, 0) }
        return (String(folded[..<dot]), number)
    }

    /// What stands after the equals sign, made harmless, without the quotes around it.
    private static func value(_ written: Substring) -> String {
        var value = written.replacing("\t", with: " ").trimmed
        for quote in ["\"", "'"] where value.utf8.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            value = value.dropFirst().dropLast().trimmed
            break
        }
        if value.unicodeScalars.count > longest {
            value = String(value.unicodeScalars.prefix(longest)).trimmed + "…"
        }
        return value.harmless
    }

    /// The first value of a name that can have only one.
    private mutating func keep<Value: Equatable>(
        _ value: Value, at place: WritableKeyPath<Partner, Value?>, _ key: String, _ line: Int
    ) {
        guard let first = partner[keyPath: place] else { return partner[keyPath: place] = value }
        guard first != value else { return }
        note(
            line, fr: "« \(key.excerpt) » est donné deux fois ; seule la première valeur est gardée",
            en: "“\(key.excerpt)” is given twice; only the first value is kept")
    }

    private static func add<Value: Equatable>(_ value: Value, to list: inout [Value]) {
        if !list.contains(value) { list.append(value) }
    }

    private mutating func noteUnknown(_ key: String, _ line: Int) {
        note(line, fr: "nom inconnu « \(key.excerpt) »", en: "unknown name “\(key.excerpt)”")
    }

    private mutating func note(_ line: Int, fr french: String, en english: String) {
        guard notes.count < PartnerFile.mostNotes else { return }
        notes.append(.init(line: line, text: Bilingual(fr: french, en: english)))
    }
}
