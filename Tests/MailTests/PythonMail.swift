import Foundation

/// A second opinion: Python's `email` package reads the same bytes.
struct PythonMail: Decodable {
    let subject: String
    let replyTo: [[String]]
    let text: [UInt8]
    let attachments: [File]
    let headers: [String]
    let defects: [String]

    struct File: Decodable {
        let name: String
        let type: String
        let content: [UInt8]
    }

    static let interpreter = "/usr/bin/python3"
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: interpreter) }

    static func read(_ message: [UInt8]) throws -> PythonMail {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data(message).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: interpreter)
        process.arguments = ["-I", "-c", script, file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let json = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(PythonMail.self, from: json)
    }

    private static let script = """
        import email, email.policy, json, sys
        from email.utils import getaddresses
        m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
        body = m.get_body(('plain',))
        defects = [repr(d) for p in m.walk() for d in p.defects]
        defects += [name + ': ' + repr(d) for p in m.walk() for name, v in p.items() for d in v.defects]
        print(json.dumps(dict(
            subject=m['Subject'],
            replyTo=[[a.display_name, a.addr_spec] for a in m['Reply-To'].addresses] if 'Reply-To' in m else [],
            text=list(body.get_payload(decode=True)),
            attachments=[dict(name=a.get_filename(), type=a.get_content_type(), content=list(a.get_payload(decode=True)))
                for a in m.iter_attachments()],
            headers=m.keys(), defects=defects)))
        """
}
