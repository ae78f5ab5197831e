import Mustache

/// Looks at each tag of a template for what mustache would accept in silence: names that do not exist print nothing.
struct TemplateCheck {
    private var line = 1
    private var open: [String] = []
    private var showsDescription = false
    private var hasFunctions = false

    /// - Returns: whether it does more with values than to put them in.
    static func run(_ text: String) throws(MailTemplateError) -> Bool {
        var check = TemplateCheck()
        try check.walk(text)
        guard check.open.isEmpty else { throw MailTemplateError(line: check.line, .unclosed(check.open.last ?? "")) }
        guard check.showsDescription else { throw MailTemplateError(line: nil, .noDescription) }
        return check.hasFunctions
    }

    private mutating func walk(_ text: String) throws(MailTemplateError) {
        var rest = Substring(text)
        while let start = rest.firstRange(of: "{{") {
            line += Self.lineEnds(rest[..<start.lowerBound])
            rest = rest[start.upperBound...]
            // A comment may hold anything; a triple brace ends with three.
            let end = rest.first == "{" ? "}}}" : "}}"
            guard let close = rest.firstRange(of: end) else { throw MailTemplateError(line: line, .syntax) }
            let tag = rest[..<close.lowerBound]
            try look(tag)
            line += Self.lineEnds(tag)
            rest = rest[close.upperBound...]
        }
        line += Self.lineEnds(rest)
    }

    private mutating func look(_ tag: Substring) throws(MailTemplateError) {
        let mark = tag.first ?? " "
        switch mark {
        case "!", "%": return
        case "#", "^":
            let name = Self.trimmed(tag.dropFirst())
            try check(name)
            open.append(name)
        case "/":
            let name = Self.trimmed(tag.dropFirst())
            guard open.popLast() == name else { throw MailTemplateError(line: line, .unopened(name)) }
        case "{", "&":
            try check(Self.trimmed(tag.dropFirst()), isPrinted: true)
        case ">", "<", "$", "=":
            throw MailTemplateError(line: line, .notAvailable("{{\(tag)}}"))
        default:
            try check(Self.trimmed(tag), isPrinted: true)
        }
    }

    /// Checks a name and the functions around it, as in `uppercased(company)`.
    private mutating func check(_ expression: String, isPrinted: Bool = false) throws(MailTemplateError) {
        var name = Substring(expression)
        var functions: [Substring] = []
        while let bracket = name.firstIndex(of: "("), name.last == ")" {
            functions.append(name[..<bracket])
            hasFunctions = true
            name = name[name.index(after: bracket)...].dropLast()
        }
        let sections = open.map { section in
            String(section.split(separator: "(").last.map { $0.prefix { $0 != ")" } } ?? "")
        }
        for function in functions where !Self.isFunction(String(function)) {
            throw MailTemplateError(line: line, .unknown(String(function), nearest: nil))
        }
        if name.isEmpty, !functions.isEmpty { return }
        if isPrinted, functions.isEmpty, Self.isStructure(name, in: sections) {
            throw MailTemplateError(line: line, .structure("{{\(name)}}"))
        }
        if name == ".", !open.isEmpty { return }
        let inner = sections.compactMap { TemplateFields.lists[$0] }.flatMap { $0 }
        let known = TemplateFields.texts + TemplateFields.lists.keys.sorted() + inner
        guard known.contains(String(name)) else {
            throw MailTemplateError(line: line, .unknown(String(name), nearest: Spelling.nearest(to: name, in: known)))
        }
        if name == "description", isPrinted { showsDescription = true }
    }

    /// Whether a name stands for a list, or the dot for an element that has fields of its own.
    private static func isStructure(_ name: Substring, in sections: [String]) -> Bool {
        if name == "." { return sections.last { !$0.isEmpty }.flatMap { TemplateFields.lists[$0] }?.isEmpty == false }
        return TemplateFields.lists[String(name)] != nil
    }

    /// Whether mustache has a function of that name, for texts, lists or places in a list.
    private static func isFunction(_ name: String) -> Bool {
        let places = ["first", "last", "index", "even", "odd"]
        return places.contains(name) || "x".transform(name) != nil || ["x"].transform(name) != nil
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    private static func lineEnds(_ text: Substring) -> Int { text.utf8.count { $0 == 0x0A } }
}
