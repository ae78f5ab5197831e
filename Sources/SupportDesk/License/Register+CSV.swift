extension Register {
    private enum Column: Hashable {
        case license, company, partner, product, version, purchased, updated, contract, contractEnd

        init?(_ name: String) {
            switch FieldName.fold(name).filter({ !"_-.°'".contains($0) }) {
            case "licence", "license", "numerodelicence", "ndelicence", "licensenumber": self = .license
            case "societe", "company": self = .company
            case "partenaire", "partner": self = .partner
            case "produit", "product": self = .product
            case "version": self = .version
            case "dateachat", "datedachat", "purchased", "purchasedate": self = .purchased
            case "datemaj", "datemiseajour", "datedemiseajour", "updated", "updatedate": self = .updated
            case "contrat", "contract": self = .contract
            case "fincontrat", "findecontrat", "contractend": self = .contractEnd
            default: return nil
            }
        }
    }

    /// Reads a register from CSV: `;`, `,` or tabulators, a header in French or English in any order, values in
    /// quotes where need be, days as `2026-11-23` or `23/11/2026`, lines with `#` in front as comments.
    ///
    /// - Throws: `RegisterFault` with all that is wrong; nothing of a broken register is used.
    package static func parse(_ bytes: [UInt8]) throws(RegisterFault) -> Register {
        let text: [UInt8]
        do throws(Rejection) {
            text = try TextEncoding.utf8(of: bytes, declared: nil)
        } catch {
            throw RegisterFault(flaws: [.init(line: 1, text: error.explanation)])
        }
        var reading = Reading()
        var records = CSVRecords(text, separator: separator(of: text))
        while let record = records.next() {
            switch record {
            case .success(let record): reading.take(record)
            case .failure(let flaw): reading.flaws.append(.init(line: flaw.line, text: flaw.text))
            }
        }
        if reading.columns == nil, reading.flaws.isEmpty {
            reading.flaws.append(
                .init(
                    line: 1,
                    text: Bilingual(
                        fr: "le fichier est vide ; la première ligne nomme les colonnes : licence;societe;…",
                        en: "the file is empty; the first line names the columns: license;company;…")))
        }
        if !reading.flaws.isEmpty { throw RegisterFault(flaws: reading.flaws) }
        return Register(entries: reading.entries, unknownColumns: reading.unknownColumns)
    }

    /// The separator under which the header line has the most columns that are known.
    private static func separator(of text: [UInt8]) -> UInt8 {
        let candidates = [UInt8(ascii: ";"), UInt8(ascii: ","), 0x09]
        func score(_ separator: UInt8) -> Int {
            var records = CSVRecords(text, separator: separator)
            guard case .success(let header)? = records.next() else { return 0 }
            return header.values.count { Column($0) != nil }
        }
        let scores = candidates.map(score)
        return zip(candidates, scores).first { $0.1 == scores.max() }?.0 ?? candidates[0]
    }

    /// What was read so far.
    private struct Reading {
        var columns: [Column?]?
        var unknownColumns: [String] = []
        var entries: [Entry] = []
        var flaws: [RegisterFault.Flaw] = []
        private var lines: [String: (line: Int, index: Int)] = [:]

        mutating func take(_ record: CSVRecords.Record) {
            guard let columns else {
                takeHeader(record)
                return
            }
            var values: [Column: String] = [:]
            for (place, value) in record.values.enumerated() where !value.isEmpty {
                guard place < columns.count else {
                    note(
                        record.line, fr: "il y a plus de valeurs que de colonnes",
                        en: "there are more values than columns")
                    return
                }
                if let column = columns[place] { values[column] = value }
            }
            let written = LicenseNumber(values[.license] ?? "")
            if let secret = written.secret {
                note(record.line, Rejection.given(secret).explanation)
                return
            }
            if written.normalised.isEmpty {
                note(record.line, fr: "le numéro de licence manque", en: "the license number is missing")
                return
            }
            var entry = Entry(license: written.normalised)
            entry.company = values[.company]
            entry.partner = values[.partner]
            entry.product = values[.product]
            entry.version = values[.version]
            entry.contract = values[.contract]
            entry.purchased = day(values[.purchased], record.line)
            entry.updated = day(values[.updated], record.line)
            entry.contractEnd = day(values[.contractEnd], record.line)
            add(entry, record.line)
        }

        private mutating func add(_ entry: Entry, _ line: Int) {
            if let first = lines[entry.license] {
                // The same line twice does no harm; two that differ leave it open which one holds.
                if entries[first.index] == entry { return }
                note(
                    line,
                    fr: "la licence \(entry.license) figure déjà ligne \(first.line), avec d'autres valeurs",
                    en: "license \(entry.license) is already on line \(first.line), with other values")
                return
            }
            lines[entry.license] = (line, entries.count)
            entries.append(entry)
        }

        private mutating func takeHeader(_ record: CSVRecords.Record) {
            let columns = record.values.map(Column.init)
            self.columns = columns
            unknownColumns = zip(record.values, columns).filter { $1 == nil && !$0.isEmpty }.map(\.0)
            let known = columns.compactMap(\.self)
            if Set(known).count < known.count {
                note(record.line, fr: "une colonne est nommée deux fois", en: "a column is named twice")
            }
            if !known.contains(.license) {
                note(
                    record.line,
                    fr: "la première ligne ne nomme pas de colonne « licence » ; écrivez par exemple licence;societe;"
                        + "partenaire;produit;version;date_achat;date_maj;contrat;fin_contrat",
                    en: "the first line names no column “license”; write for example license;company;partner;product;"
                        + "version;purchased;updated;contract;contract_end")
            }
        }

        private mutating func day(_ value: String?, _ line: Int) -> CalendarDate? {
            guard let value else { return nil }
            // Spreadsheets and databases add a midnight.
            let parts = value.split(maxSplits: 1) { $0 == " " || $0 == "T" }
            let isWholeDay = parts.count < 2 || parts[1].allSatisfy { "0:.Z".contains($0) }
            if isWholeDay, let first = parts.first, let day = CalendarDate(String(first)) { return day }
            note(
                line,
                fr: "« \(value.excerpt) » n'est pas une date ; écrivez 2026-11-23 ou 23/11/2026",
                en: "“\(value.excerpt)” is not a date; write 2026-11-23 or 23/11/2026")
            return nil
        }

        private mutating func note(_ line: Int, _ text: Bilingual) {
            flaws.append(.init(line: line, text: Bilingual(fr: text.french.harmless, en: text.english.harmless)))
        }

        private mutating func note(_ line: Int, fr french: String, en english: String) {
            note(line, Bilingual(fr: french, en: english))
        }
    }
}
