import Configuration
import Glibc
import SupportDesk
import Testing

/// A folder of its own, gone with the test.
private func withFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/assistd-configuration-XXXXXX".utf8CString)
    let made = mkdtemp(&template)
    try #require(made != nil)
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer {
        for name in ["a.toml", "secret"] { unlink(folder + "/" + name) }
        rmdir(folder)
    }
    try body(folder)
}

private func write(_ bytes: some Sequence<UInt8>, to path: String, mode: mode_t = 0o600) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let bytes = Array(bytes)
    #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    #expect(fchmod(descriptor, mode) == 0)
}

@Suite struct FileTests {
    @Test("a file is read, and its faults carry its path")
    func load() throws {
        try withFolder { folder in
            let path = folder + "/a.toml"
            try write(required.utf8, to: path)
            guard case .success(let (settings, _)) = Settings.load(file: path) else {
                Issue.record("refused")
                return
            }
            #expect(settings.smtp.from == "assistd@example.com")
            try write((required + "conections = 3").utf8, to: path)
            #expect(
                fault(path).lines(in: .english)
                    == ["\(path):4: smtp.conections: unknown key; did you mean \"connections\"?"])
            #expect(fault(path).explanation.english == fault(path).lines(in: .english).joined(separator: "\n"))
        }
    }

    @Test("a file that is absent, no file or not UTF-8 is said to be so")
    func unreadable() throws {
        try withFolder { folder in
            #expect(fault(folder + "/none.toml").code == .absent)
            #expect(fault(folder + "/none.toml").lines(in: .french)[0].contains("n'existe pas"))
            #expect(fault(folder).code == .unreadable)
            let path = folder + "/a.toml"
            try write(Array(required.utf8) + Array("# caf".utf8) + [0xE9, 0x0A], to: path)
            #expect(fault(path).code == .invalid)
            #expect(fault(path).lines(in: .english)[0].hasPrefix("\(path):4: this line is not UTF-8"))
        }
    }

    @Test("a secret loses one line end, and only that", arguments: ["s3 cret", "s3 cret\n", "s3 cret\r\n"])
    func secretFile(content: String) throws {
        try withFolder { folder in
            try write(content.utf8, to: folder + "/secret")
            #expect(try SecretSource.file(folder + "/secret").read(environment: [:]) == "s3 cret")
            let credentials = ["CREDENTIALS_DIRECTORY": folder]
            #expect(try SecretSource.credential("secret").read(environment: credentials) == "s3 cret")
            #expect(try SecretSource.credential("secret").reader(environment: credentials)() == "s3 cret")
        }
    }

    @Test("a secret comes from the environment")
    func secretVariable() throws {
        #expect(try SecretSource.environment("X").read(environment: ["X": " s "]) == " s ")
    }

    @Test("a secret that is empty, of several lines or no text is refused without being quoted")
    func badSecrets() throws {
        try withFolder { folder in
            for content in [[], [0x0A], Array("hunter2\nhunter2".utf8), [0x68, 0xFF], Array("hunter\u{0}2".utf8)] {
                try write(content, to: folder + "/secret")
                let source = SecretSource.file(folder + "/secret")
                let error = #expect(throws: SecretFault.self) { try source.read(environment: [:]) }
                #expect(error?.explanation.english.contains("single line") == true)
                #expect(error?.explanation.english.contains("hunter") == false)
            }
        }
    }

    @Test("a secret that is not there says how to provide it")
    func missingSecrets() {
        for (source, words) in [
            (SecretSource.file("/nonexistent/x"), "does not exist"), (.credential("mail"), "LoadCredential=mail:"),
            (.environment("ASSISTD_X"), "environment variable ASSISTD_X"),
        ] {
            let error = #expect(throws: SecretFault.self) { try source.read(environment: [:]) }
            #expect(error?.explanation.english.contains(words) == true)
        }
    }

    @Test("a secret that everybody can read is warned of, and still read")
    func exposure() throws {
        try withFolder { folder in
            let source = SecretSource.file(folder + "/secret")
            try write("x".utf8, to: folder + "/secret", mode: 0o640)
            #expect(source.exposure(environment: [:]) == nil)
            try write("x".utf8, to: folder + "/secret", mode: 0o644)
            #expect(source.exposure(environment: [:])?.english.contains("chmod o-r") == true)
            #expect(try source.read(environment: [:]) == "x")
        }
    }

    private func fault(_ path: String) -> ConfigurationFault {
        switch Settings.load(file: path) {
        case .success: ConfigurationFault(code: .invalid, problems: [])
        case .failure(let fault): fault
        }
    }
}
