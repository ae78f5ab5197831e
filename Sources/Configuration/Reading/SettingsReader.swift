import SupportDesk

/// Goes through a document section by section, and keeps everything that is wrong with it.
struct SettingsReader {
    let document: ConfigurationDocument
    private(set) var errors: [ConfigurationProblem] = []
    private(set) var warnings: [ConfigurationProblem] = []
    /// The keys each section was asked for: these are the keys there are.
    private var known: [(section: String, keys: [String])] = []

    init(_ document: ConfigurationDocument) {
        self.document = document
    }

    /// Whether the file says anything at this path.
    func says(_ path: String) -> Bool {
        document[path] != nil
    }

    /// Reads a key of `section` where the file has it; where it has not, `target` keeps its default.
    mutating func read<Value>(
        _ section: String, _ key: String, into target: inout Value, _ expectation: Expectation<Value>
    ) {
        if let index = known.firstIndex(where: { $0.section == section }) {
            known[index].keys.append(key)
        } else {
            known.append((section, [key]))
        }
        guard let found = document["\(section).\(key)"] else { return }
        do throws(Complaint) {
            target = try expectation.read(found)
        } catch {
            refuse("\(section).\(key)", error.words)
        }
    }

    /// The same for a key without a default.
    mutating func read<Value>(
        _ section: String, _ key: String, into target: inout Value?, _ expectation: Expectation<Value>
    ) {
        read(section, key, into: &target, expectation.then { value throws(Complaint) -> Value? in value })
    }

    mutating func refuse(_ path: String, _ words: Bilingual) {
        errors.append(ConfigurationProblem(key: path.harmless, line: document.line(of: path), words: words))
    }

    mutating func warn(_ path: String, _ words: Bilingual) {
        warnings.append(ConfigurationProblem(key: path.harmless, line: document.line(of: path), words: words))
    }

    /// Names every section and key of the document that nothing asked for.
    mutating func refuseUnknown() {
        let sections = known.map(\.section)
        for (name, value) in document.root {
            if sections.contains(where: { $0 == name || $0.hasPrefix(name + ".") }) {
                refuseUnknown(in: name, value)
            } else if case .table = value {
                refuse(name, unknownSection(name, among: sections.filter { !$0.contains(".") }))
            } else {
                refuse(name, outsideSections(name))
            }
        }
    }

    private mutating func refuseUnknown(in section: String, _ value: ConfigurationValue) {
        guard case .table(let entries) = value else {
            refuse(
                section,
                Bilingual(
                    fr: "c'est une section : écrivez [\(section)] sur une ligne, et ses clés dessous.",
                    en: "this is a section: write [\(section)] on a line, and its keys below."))
            return
        }
        let keys = known.first { $0.section == section }?.keys ?? []
        let inner = known.map(\.section).filter { $0.hasPrefix(section + ".") }
        for (name, value) in entries where !keys.contains(name) {
            let path = "\(section).\(name)"
            if inner.contains(path) {
                refuseUnknown(in: path, value)
            } else if case .table = value, !inner.isEmpty {
                refuse(path, unknownSection(path, among: inner))
            } else {
                refuse(path, unknownKey(name, in: section, among: keys))
            }
        }
    }

    private func unknownKey(_ name: String, in section: String, among keys: [String]) -> Bilingual {
        let secrets = ["password": "password_file", "oauth2_token": "oauth2_token_file", "secret": "secret_file"]
        let plain = name.lowercased().replacing("-", with: "_")
        let synonyms = ["passwd": "password", "pass": "password", "pwd": "password", "token": "oauth2_token"]
        if let file = secrets[synonyms[plain] ?? plain], keys.contains(file) {
            return Bilingual(
                fr: "un secret ne s'écrit pas dans ce fichier ; mettez-le dans un fichier à part, et donnez son chemin "
                    + "par \(file).",
                en: "a secret does not belong in this file; put it into a file of its own, and give its path by "
                    + "\(file).")
        }
        if let near = nearestName(to: name, among: keys) {
            return Bilingual(
                fr: "clé inconnue ; vouliez-vous dire « \(near) » ?", en: "unknown key; did you mean \"\(near)\"?")
        }
        let elsewhere = known.filter { $0.keys.contains(name) }.map { "[\($0.section)]" }
        if !elsewhere.isEmpty {
            let places = elsewhere.joined(separator: ", ")
            return Bilingual(
                fr: "clé inconnue ici ; elle a sa place dans \(places).",
                en: "unknown key here; it belongs in \(places).")
        }
        let all = keys.joined(separator: ", ")
        return Bilingual(
            fr: "clé inconnue ; celles de [\(section)] sont : \(all).",
            en: "unknown key; those of [\(section)] are: \(all).")
    }

    private func unknownSection(_ name: String, among sections: [String]) -> Bilingual {
        if let near = nearestName(to: name, among: sections) {
            return Bilingual(
                fr: "section inconnue ; vouliez-vous dire « [\(near)] » ?",
                en: "unknown section; did you mean \"[\(near)]\"?")
        }
        let all = sections.map { "[\($0)]" }.joined(separator: " ")
        return Bilingual(
            fr: "section inconnue ; il y a : \(all).", en: "unknown section; there are: \(all).")
    }

    private func outsideSections(_ name: String) -> Bilingual {
        let homes = known.filter { $0.keys.contains(name) }.map(\.section)
        if !homes.isEmpty {
            let places = homes.map { "[\($0)]" }.joined(separator: ", ")
            return Bilingual(
                fr: "cette clé est hors de toute section ; mettez-la sous \(places).",
                en: "this key stands outside any section; put it under \(places).")
        }
        let near = nearestName(to: name, among: known.flatMap(\.keys))
        return Bilingual(
            fr: "clé inconnue, hors de toute section" + (near.map { " ; vouliez-vous dire « \($0) » ?" } ?? "."),
            en: "unknown key, outside any section" + (near.map { "; did you mean \"\($0)\"?" } ?? "."))
    }
}
