import Foundation

/// What Python's `email` package sees in a notice: fields by their names and parts in their order.
struct PythonNotice: Decodable {
    let fields: [[String]]
    let parts: [Part]
    let type: String
    let boundary: String?
    let to: [[String]]
    let replyTo: [[String]]
    let defects: [String]

    struct Part: Decodable {
        let type: String
        let parameters: [String: String]
        let content: [UInt8]
    }

    /// The value of a field that is there once.
    func field(_ name: String) -> String? {
        let found = fields.filter { $0.first == name }
        return found.count == 1 ? found[0].last : nil
    }

    static func read(_ messages: [[UInt8]]) throws -> [PythonNotice] { try PythonMail.run(script, on: messages) }

    private static let script = """
        import email, email.policy, json, sys
        def people(m, name):
            return [[a.display_name, a.addr_spec] for a in m[name].addresses] if name in m else []
        def read(path):
            # From a file, Python would change the line ends.
            m = email.message_from_bytes(open(path, 'rb').read(), policy=email.policy.default)
            defects = [repr(d) for p in m.walk() for d in p.defects]
            defects += [name + ': ' + repr(d) for p in m.walk() for name, v in p.items() for d in v.defects]
            return dict(
                fields=[[name, str(value)] for name, value in m.items()],
                parts=[dict(type=p.get_content_type(), parameters=dict(p['Content-Type'].params),
                    content=list(p.get_payload(decode=True))) for p in m.walk() if not p.is_multipart()],
                type=m.get_content_type(), boundary=m.get_boundary(),
                to=people(m, 'To'), replyTo=people(m, 'Reply-To'), defects=defects)
        print(json.dumps([read(path) for path in sys.argv[1:]]))
        """
}
