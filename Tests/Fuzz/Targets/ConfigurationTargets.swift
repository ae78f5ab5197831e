import Configuration
import Mail
import SupportDesk

extension FuzzTarget {
    /// The configuration file; what reaches the TOML parser must not make it end the program.
    static let configuration = FuzzTarget(name: "configuration") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        switch Settings.parse(text) {
        case .success(let (_, warnings)): try check(warnings, text)
        case .failure(let fault): try check(fault, text)
        }
    }

    /// The description of a fax service.
    static let profile = FuzzTarget(name: "profile") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        do {
            _ = try FaxProfile(text, name: "p", file: "p.toml")
        } catch let fault as ConfigurationFault {
            try check(fault, text)
        }
    }

    /// The template of the mail's body.
    static let template = FuzzTarget(name: "template") { bytes in
        do {
            _ = try MailTemplate.load(String(decoding: bytes, as: UTF8.self))
        } catch let error as MailTemplateError {
            try error.explanation.checkWords("template")
        }
    }

    private static func check(_ fault: ConfigurationFault, _ text: String) throws(Broken) {
        try promise(!fault.problems.isEmpty, "refused without a reason")
        try check(fault.problems, text)
    }

    private static func check(_ problems: [ConfigurationProblem], _ text: String) throws(Broken) {
        let lines = text.utf8.reduce(2) { $1 == 0x0A ? $0 + 1 : $0 }
        for problem in problems {
            try promise((1...lines).contains(problem.line ?? 1), "line \(problem.line ?? 0) of \(lines)")
            for language in Language.allCases {
                try checkHarmless(problem.rendered(file: "f", in: language), "problem")
            }
        }
    }
}
