/// Readable text out of HTML. Not a browser: enough for a person to see what was written.
enum HTMLText {
    /// Beyond this nobody reads on, and the HTML itself goes along whole.
    private static let longest = 2_000_000

    static func plain(_ html: String) -> String {
        var writer = Writer()
        var rest = Array(html.unicodeScalars.prefix(longest))[...]
        while let scalar = rest.first {
            switch scalar {
            case "<": rest = tag(rest, into: &writer)
            case "&": rest = entity(rest, into: &writer)
            default:
                writer.write(scalar)
                rest.removeFirst()
            }
        }
        return writer.text
    }

    private static func tag(
        _ rest: ArraySlice<Unicode.Scalar>, into writer: inout Writer
    ) -> ArraySlice<Unicode.Scalar> {
        if rest.starts(with: "<!--".unicodeScalars) { return skip(rest.dropFirst(4), past: "-->") }
        let isClosing = rest.dropFirst().first == "/"
        let name = lowercased(
            rest.dropFirst(isClosing ? 2 : 1).prefix {
                $0.isASCII && $0.properties.isAlphabetic || ("1"..."6").contains($0)
            })
        guard !name.isEmpty || rest.dropFirst().first == "!" || rest.dropFirst().first == "?" else {
            writer.write("<")
            return rest.dropFirst()
        }
        if !isClosing, ["script", "style", "head", "title"].contains(name) {
            return skip(skip(rest.dropFirst(), past: "</\(name)"), past: ">")
        }
        switch name {
        case "br", "div", "tr", "ul", "ol", "table", "blockquote": writer.endLine(always: name == "br")
        case "p", "h1", "h2", "h3", "h4", "h5", "h6", "hr": writer.endParagraph()
        case "li":
            writer.endLine()
            if !isClosing { writer.write(literally: "- ") }
        case "td", "th": writer.write(" ")
        case "pre": writer.keepsBlanks = !isClosing
        default: break
        }
        return skip(rest.dropFirst(), past: ">")
    }

    /// The text after the next mark, whatever its case; nothing where there is none.
    private static func skip(_ rest: ArraySlice<Unicode.Scalar>, past mark: String) -> ArraySlice<Unicode.Scalar> {
        let mark = Array(mark.unicodeScalars)
        var index = rest.startIndex
        while index + mark.count <= rest.endIndex {
            if rest[index] == mark[0], lowercased(rest[index..<(index + mark.count)]).unicodeScalars.elementsEqual(mark)
            {
                return rest[(index + mark.count)...]
            }
            index += 1
        }
        return []
    }

    private static func entity(
        _ rest: ArraySlice<Unicode.Scalar>, into writer: inout Writer
    ) -> ArraySlice<Unicode.Scalar> {
        let name = rest.dropFirst().prefix(10).prefix { $0 != ";" && $0 != "&" && $0 != "<" && $0 != " " }
        let after = rest.dropFirst(1 + name.count)
        guard after.first == ";", let scalar = scalar(String(String.UnicodeScalarView(name))) else {
            writer.write("&")
            return rest.dropFirst()
        }
        writer.write(literally: String(scalar))
        return after.dropFirst()
    }

    private static func scalar(_ name: String) -> Unicode.Scalar? {
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        }
        if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) }
        return entities[name]
    }

    private static let entities: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "eacute": "é", "egrave": "è",
        "ecirc": "ê", "euml": "ë", "agrave": "à", "acirc": "â", "ccedil": "ç", "icirc": "î", "iuml": "ï", "ocirc": "ô",
        "ugrave": "ù", "ucirc": "û", "uuml": "ü", "oelig": "œ", "Eacute": "É", "Egrave": "È", "Agrave": "À",
        "Ccedil": "Ç", "laquo": "«", "raquo": "»", "rsquo": "’", "lsquo": "‘", "ldquo": "“", "rdquo": "”",
        "hellip": "…", "euro": "€", "deg": "°", "ndash": "–", "mdash": "—", "bull": "•", "middot": "·", "copy": "©",
        "reg": "®", "times": "×", "sect": "§",
    ]

    private static func lowercased(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars)).lowercased()
    }

    /// Puts text together as a browser would: blanks in a row are one, and lines end where the layout ends them.
    private struct Writer {
        private var scalars = String.UnicodeScalarView()
        private var lineEnds = 2
        private var pendingBlank = false
        var keepsBlanks = false

        var text: String {
            var text = scalars
            while let last = text.last, last == "\n" || last == " " { text.removeLast() }
            return text.isEmpty ? "" : String(text) + "\n"
        }

        mutating func write(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "\r": return
            case "\n" where keepsBlanks: endLine(always: true)
            case "\n", "\t", " ":
                if keepsBlanks { append(scalar) } else { pendingBlank = true }
            default: append(scalar)
            }
        }

        mutating func write(literally text: String) {
            for scalar in text.unicodeScalars { append(scalar) }
        }

        mutating func endLine(always: Bool = false) {
            pendingBlank = false
            guard lineEnds == 0 || always && lineEnds < 2 else { return }
            scalars.append("\n")
            lineEnds += 1
        }

        mutating func endParagraph() {
            endLine()
            endLine(always: true)
        }

        private mutating func append(_ scalar: Unicode.Scalar) {
            if pendingBlank, lineEnds == 0 { scalars.append(" ") }
            pendingBlank = false
            scalars.append(scalar)
            lineEnds = 0
        }
    }
}
