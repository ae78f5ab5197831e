import SupportDesk

extension FaxProfile {
    /// Reads a profile; everything that is wrong with it is in the fault.
    ///
    /// - Parameter file: names it in faults.
    package init(_ text: String, name: String, file: String) throws(ConfigurationFault) {
        self.init(name: name)
        var fault: ConfigurationFault
        do throws(ConfigurationProblem.Syntax) {
            var reader = SettingsReader(try ConfigurationDocument(text))
            read(&reader)
            reader.refuseUnknown()
            guard !reader.errors.isEmpty else { return }
            fault = ConfigurationFault(
                code: .invalid, problems: reader.errors.sorted { ($0.line ?? 0, $0.key) < ($1.line ?? 0, $1.key) })
        } catch {
            fault = ConfigurationFault(
                code: .invalid, problems: [ConfigurationProblem(key: "", line: error.line, words: error.words)])
        }
        fault.file = file
        throw fault
    }

    /// Reads a profile's file.
    package init(file path: String) throws(ConfigurationFault) {
        let bytes: [UInt8]
        do throws(FileFault) {
            bytes = try readFile(path, limit: 65_536).bytes
        } catch {
            var fault = ConfigurationFault(
                code: error.code, problems: [ConfigurationProblem(key: "", line: nil, words: error.words)])
            fault.file = path
            throw fault
        }
        let last = path.split(separator: "/").last ?? ""
        let name = last.hasSuffix(".toml") ? last.dropLast(5) : last
        try self.init(String(decoding: bytes, as: UTF8.self), name: name.harmless, file: path)
    }

    private mutating func read(_ reader: inout SettingsReader) {
        reader.read("service", "url", into: &url, .text)
        reader.read("service", "authentication", into: &authentication, .choice)
        reader.read("service", "poll_interval", into: &pollInterval, .duration(upTo: .seconds(3600)))

        let job: Set<String> = [
            "e164", "digits", "national", "reference", "attempt", "tag", "retries", "station", "resolution", "pages",
        ]
        submit.request.method = "POST"
        Self.read(&reader, "submit", into: &submit.request, knows: job)
        reader.read("submit", "body", into: &submit.body, .choice)
        reader.read(
            "submit", "parts", into: &submit.parts, .table(knowing: job.union(["document", "secret"])))
        reader.read("submit", "json", into: &submit.json, .template(knowing: job.union(["document_base64", "secret"])))
        reader.read("submit", "job", into: &submit.job, .text)
        reader.require("submit", "job")
        if submit.body == .multipart { reader.require("submit", "parts") }
        if submit.body == .json { reader.require("submit", "json") }

        var search = Search()
        Self.read(&reader, "find", into: &search.request, knows: ["reference", "attempt", "tag"])
        reader.read("find", "list", into: &search.list, .anything)
        reader.read("find", "job", into: &search.job, .text)
        reader.read("find", "tag", into: &search.tag, .text)
        if reader.says("find") {
            reader.require("find", "tag")
            find = search
        }

        var question = Question()
        Self.read(&reader, "poll", into: &question.request, knows: ["job"])
        reader.read("poll", "state", into: &question.state, .texts)
        reader.read("poll", "text", into: &question.text, .texts)
        reader.read("poll", "pages", into: &question.pages, .text)
        reader.read("poll", "total_pages", into: &question.totalPages, .text)
        reader.read("poll", "calls", into: &question.calls, .text)
        reader.read(
            "poll", "states", into: &question.states,
            Expectation<[String: String]>.table(knowing: []).then { entries throws(Complaint) in
                try FaxStates(entries)
            })
        if reader.says("poll") {
            reader.require("poll", "state")
            reader.require("poll", "states")
            poll = question
        }

        var cancel = Request(path: "")
        cancel.method = "POST"
        Self.read(&reader, "cancel", into: &cancel, knows: ["job"])
        if reader.says("cancel") { self.cancel = cancel }
        var examine = Request(path: "")
        Self.read(&reader, "examine", into: &examine, knows: [])
        if reader.says("examine") { self.examine = examine }
    }

    private static func read(
        _ reader: inout SettingsReader, _ section: String, into request: inout Request, knows names: Set<String>
    ) {
        reader.read(section, "method", into: &request.method, .method)
        reader.read(section, "path", into: &request.path, .path(knowing: names))
        // Addresses are in everybody's logs: no secret in them.
        reader.read(section, "query", into: &request.query, .table(knowing: names))
        reader.read(section, "headers", into: &request.headers, .table(knowing: names.union(["secret"])))
        if section == "submit" || reader.says(section) { reader.require(section, "path") }
    }
}

extension SettingsReader {
    /// A key that the section cannot do without.
    fileprivate mutating func require(_ section: String, _ key: String) {
        let path = "\(section).\(key)"
        guard !says(path) else { return }
        refuse(
            path, Bilingual(fr: "cette clé manque ; ajoutez-la.", en: "this key is missing; add it."))
    }
}

extension Expectation where Value == String {
    fileprivate static var method: Self {
        text.then { text throws(Complaint) in
            guard ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(text) else {
                throw Complaint(
                    fr: "il faut GET, POST, PUT, PATCH ou DELETE, et non \(quoted(text).french).",
                    en: "GET, POST, PUT, PATCH or DELETE is expected, not \(quoted(text).english).")
            }
            return text
        }
    }

    fileprivate static func path(knowing names: Set<String>) -> Self {
        template(knowing: names).then { text throws(Complaint) in
            let isPlain = text.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != 0x3F && $0 != 0x23 }
            guard text.hasPrefix("/"), isPlain else {
                throw Complaint(
                    fr: "il faut un chemin qui commence par « / », sans « ? » ni espace (les paramètres vont dans "
                        + "query), et non \(quoted(text).french).",
                    en: "a path that begins with \"/\" is expected, without \"?\" and blanks (parameters go into "
                        + "query), not \(quoted(text).english).")
            }
            return text
        }
    }

    /// A text whose placeholders are all known.
    fileprivate static func template(knowing names: Set<String>) -> Self {
        lines.then { text throws(Complaint) in
            for stray in text.matches(of: #/\{([a-z_0-9]+)\}/#) where !names.contains(String(stray.output.1)) {
                let known = names.sorted().map { "{\($0)}" }.joined(separator: " ")
                throw Complaint(
                    fr: "{\(stray.output.1)} est inconnu ici ; il y a : \(known).",
                    en: "{\(stray.output.1)} is not known here; there are: \(known).")
            }
            return text
        }
    }
}

extension Expectation where Value == [String: String] {
    /// Names and one-line texts.
    fileprivate static func table(knowing names: Set<String>) -> Self {
        Self { found throws(Complaint) in
            guard case .table(let entries) = found else {
                throw Complaint(
                    fr: "il faut une section avec des noms et des textes, et non \(found.kind.french).",
                    en: "a section with names and texts is expected, not \(found.kind.english).")
            }
            var texts: [String: String] = [:]
            for (name, value) in entries {
                guard !name.isEmpty, name.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != 0x22 }) else {
                    throw Complaint(
                        fr: "\(quoted(name).french) n'est pas un nom.", en: "\(quoted(name).english) is no name.")
                }
                let text = try Expectation<String>.template(knowing: names).read(value)
                texts[name] = try Expectation<String>.text.read(.text(text))
            }
            return texts
        }
    }
}
