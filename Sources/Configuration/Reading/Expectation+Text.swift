import SupportDesk

extension Expectation where Value == String {
    /// Any text of one line.
    static var text: Self {
        lines.then { text throws(Complaint) in
            guard !text.contains(where: \.isNewline) else {
                throw Complaint(
                    fr: "ce texte doit tenir sur une seule ligne.", en: "this text must stand on a single line.")
            }
            return text
        }
    }

    /// Text that may have several lines, without other control characters.
    static var lines: Self {
        Self { found throws(Complaint) in
            guard case .text(let text) = found else {
                throw Complaint(
                    fr: "il faut un texte entre guillemets, et non \(found.kind.french).",
                    en: "a text between quotation marks is expected, not \(found.kind.english).")
            }
            guard !text.isEmpty else {
                throw Complaint(
                    fr: "ce texte est vide ; donnez une valeur, ou retirez la ligne pour la valeur par défaut.",
                    en: "this text is empty; give a value, or remove the line for the default.")
            }
            let allowed: Set<Unicode.Scalar> = ["\n", "\r", "\t"]
            guard
                text.unicodeScalars.allSatisfy({
                    $0.properties.generalCategory != .control || allowed.contains($0)
                })
            else {
                throw Complaint(
                    fr: "ce texte contient un caractère de commande ; effacez-le.",
                    en: "this text contains a control character; remove it.")
            }
            return text
        }
    }

    /// A text that may be empty, such as a prefix.
    static var anything: Self {
        Self { found throws(Complaint) in
            if case .text("") = found { return "" }
            return try Expectation<String>.text.read(found)
        }
    }

    /// A place in the file system, from the root; a slash at its end is dropped.
    static var absolutePath: Self {
        text.then { text throws(Complaint) in
            guard text.hasPrefix("/") else {
                throw Complaint(
                    fr: "il faut un chemin complet, qui commence par « / », et non \(quoted(text).french).",
                    en: "a full path is expected, one that begins with \"/\", not \(quoted(text).english).")
            }
            let names = text.split(separator: "/")
            guard !names.isEmpty, !names.contains("..") else {
                throw Complaint(
                    fr: "ce chemin ne convient pas : ni « / » seul, ni « .. ».",
                    en: "this path will not do: neither \"/\" alone nor \"..\".")
            }
            return "/" + names.joined(separator: "/")
        }
    }

    /// One address alone, without a name: `support@example.com`.
    static var address: Self {
        text.then { text throws(Complaint) in
            if text.contains("<"), text.contains(">") {
                throw Complaint(
                    fr: "il faut l'adresse seule, sans chevrons ; le nom affiché se met dans from_name.",
                    en: "the address alone is expected, without angle brackets; the name to show goes into from_name.")
            }
            do throws(MailAddress.Invalid) {
                return try MailAddress(text).text
            } catch {
                throw Complaint(
                    fr: "\(quoted(text).french) n'est pas une adresse de courriel ; il en faut une seule, comme "
                        + "\"assistance@exemple.fr\".",
                    en: "\(quoted(text).english) is not an e-mail address; a single one is expected, such as "
                        + "\"support@example.com\".")
            }
        }
    }

    /// The name of a machine, or an address between brackets, as said in EHLO.
    static var hostName: Self {
        text.then { text throws(Complaint) in
            let allowed = text.utf8.allSatisfy { isLetterOrDigit($0) || ".-_[]:".utf8.contains($0) }
            guard allowed, text.utf8.count <= 255 else {
                throw Complaint(
                    fr: "\(quoted(text).french) n'est pas un nom de machine ; il faut un nom comme \"srv.exemple.fr\".",
                    en: "\(quoted(text).english) is not the name of a machine; one such as \"srv.example.com\" is "
                        + "expected.")
            }
            return text
        }
    }

    /// A name as `/etc/passwd` and `/etc/group` know them (useradd(8)).
    static var accountName: Self {
        text.then { text throws(Complaint) in
            let first = text.utf8.first.map { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") } ?? false
            guard first, text.utf8.count <= 32,
                text.utf8.allSatisfy({ isLetterOrDigit($0) || "_-.".utf8.contains($0) })
            else {
                throw Complaint(
                    fr: "\(quoted(text).french) n'est pas un nom de groupe ; il faut un nom comme \"adm\".",
                    en: "\(quoted(text).english) is not the name of a group; one such as \"adm\" is expected.")
            }
            return text
        }
    }
}

extension Expectation where Value == [String] {
    /// A text or a list of texts; dates may stand without quotation marks.
    static var texts: Self {
        Self { found throws(Complaint) in
            let items: [ConfigurationValue] = if case .list(let items) = found { items } else { [found] }
            var texts: [String] = []
            for item in items {
                if case .moment(let date) = item {
                    texts.append(date)
                } else {
                    texts.append(try Expectation<String>.text.read(item))
                }
            }
            return texts
        }
    }
}

/// ASCII alone.
func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: false
    }
}
