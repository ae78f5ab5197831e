import SupportDesk

extension Settings {
    /// Reads a configuration file.
    package static func load(
        file path: String
    ) -> Result<(Settings, warnings: [ConfigurationProblem]), ConfigurationFault> {
        var fault: ConfigurationFault
        do throws(FileFault) {
            let bytes = try readFile(path, limit: 1_000_000).bytes
            guard let text = String(validating: bytes, as: UTF8.self) else {
                fault = ConfigurationFault(code: .invalid, problems: [notUTF8(bytes)])
                fault.file = path
                return .failure(fault)
            }
            switch parse(text) {
            case .success(let success): return .success(success)
            case .failure(let failure): fault = failure
            }
        } catch {
            fault = ConfigurationFault(
                code: error.code, problems: [ConfigurationProblem(key: "", line: nil, words: error.words)])
        }
        fault.file = path
        return .failure(fault)
    }

    private static func notUTF8(_ bytes: [UInt8]) -> ConfigurationProblem {
        // A character of UTF-8 never spans two lines, so the first line that is not valid is the one to mend.
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        return ConfigurationProblem(
            key: "", line: line.map { $0 + 1 },
            words: Bilingual(
                fr:
                    "cette ligne n'est pas en UTF-8 ; enregistrez le fichier en UTF-8 (iconv -f WINDOWS-1252 -t UTF-8).",
                en: "this line is not UTF-8; save the file as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8)."))
    }
}
