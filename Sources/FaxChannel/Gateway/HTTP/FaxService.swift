import Configuration
import Curl
import Platform
import SMTPChannel
import SupportDesk

/// A fax service's address and login. Its requests are made on a thread of their own: libcurl blocks.
actor FaxService {
    nonisolated let host: String
    private let base: String
    private let authentication: FaxProfile.Authentication
    private let username: String?
    private let secret: Secret?
    private let timeout: Duration
    private let executor = BlockingExecutor(label: "fax http")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        _ profile: FaxProfile, _ http: Settings.Fax.HTTP, environment: [String: String], timeout: Duration
    ) throws(ChannelFault) {
        self.timeout = timeout
        authentication = profile.authentication
        username = http.username
        secret = http.passwordFile.map { source in
            Secret(place: source.configured) { try source.read(environment: environment) }
        }
        (base, host) = try Self.address(http.url ?? profile.url)
        let needsName = authentication == .basic && username == nil
        guard !needsName, authentication == .none || secret != nil else {
            let key = needsName ? "fax.http.username" : "fax.http.password_file"
            throw .ofSetting(
                key,
                Bilingual(
                    fr: "cette clé manque, et le service demande à s'identifier ; ajoutez-la.",
                    en: "this key is missing, and the service asks for a login; add it."))
        }
    }

    /// What came of a request.
    enum Outcome: Sendable {
        case answer(WebAnswer)
        case failure(WebFailure)
    }

    /// - Parameters:
    ///   - body: content and media type.
    ///   - placeholders: what is open in the request.
    func send(
        _ request: FaxProfile.Request, _ placeholders: FaxPlaceholders, body: (content: [UInt8], type: String?)? = nil
    ) throws(ChannelFault) -> Outcome {
        let secret = try secret?.read() ?? ""
        let url =
            base + placeholders.fill(request.path, encode: \.percentEncoded)
            + WebEncoding.query(request.query, placeholders.fill)
        var headers: [String] = []
        let secretly = placeholders.with(["secret": secret])
        for (name, template) in request.headers.sorted(by: { $0.key < $1.key }) {
            let value = secretly.fill(template)
            guard !value.unicodeScalars.contains(where: \.isHarmful) else {
                throw .ofSetting(
                    "fax.http.profile",
                    Bilingual(
                        fr: "l'en-tête \(name) contient, rempli, un caractère de commande ; corrigez-le.",
                        en: "the header \(name) has, filled in, a control character in it; correct it."))
            }
            headers.append("\(name): \(value)")
        }
        if let type = body?.type, !headers.contains(where: { $0.lowercased().hasPrefix("content-type:") }) {
            headers.append("Content-Type: \(type)")
        }
        // Services refuse a POST that does not say how long its body is.
        let content = body?.content ?? (request.method == "GET" || request.method == "DELETE" ? nil : [])
        var web = WebRequest(request.method, url, headers: headers, body: content)
        web.timeout = timeout
        switch authentication {
        case .none: break
        case .basic: web.login = .basic(username: username ?? "", password: secret)
        case .bearer: web.login = .bearer(secret)
        }
        do throws(WebFailure) {
            var answer = try WebClient.send(web)
            // Some repeat in their errors what they were sent.
            answer.body = Self.expunge(secret, from: answer.body)
            return .answer(answer)
        } catch {
            return .failure(error)
        }
    }

    /// The body of a submission with the secret filled in, which nobody else needs to see.
    func body(
        of submission: FaxProfile.Submission, _ job: FaxJob, _ placeholders: FaxPlaceholders
    ) throws(ChannelFault) -> (content: [UInt8], type: String?) {
        let placeholders = placeholders.with(["secret": try secret?.read() ?? ""])
        switch submission.body {
        case .document: return (job.document, "application/pdf")
        case .multipart:
            let form = WebEncoding.form(
                submission.parts, document: job.document,
                fileName: "\(job.tag.reference)-\(job.tag.attempt).pdf", placeholders.fill)
            return (form.body, form.type)
        case .json:
            let text = placeholders.with(["document_base64": WebEncoding.base64(job.document)])
                .fill(submission.json, encode: WebEncoding.json)
            return (Array(text.utf8), "application/json")
        }
    }

    private static func expunge(_ secret: String, from body: [UInt8]) -> [UInt8] {
        guard !secret.isEmpty else { return body }
        return Array(String(decoding: body, as: UTF8.self).replacing(secret, with: "•••").utf8)
    }

    /// - Returns: the address without a slash at its end, and the host in it.
    private static func address(_ url: String?) throws(ChannelFault) -> (base: String, host: String) {
        guard let url else {
            throw .ofSetting(
                "fax.http.url",
                Bilingual(
                    fr: "cette clé manque ; donnez l'adresse du service, comme \"https://fax.example.com/v3\".",
                    en: "this key is missing; give the service's address, such as \"https://fax.example.com/v3\"."))
        }
        let isPlain = url.hasPrefix("http://")
        let rest = url.dropFirst(isPlain ? 7 : 8)
        let host = String(rest.prefix { $0 != "/" })
        let name = host.hasPrefix("[") ? String(host.prefix { $0 != "]" }) + "]" : String(host.prefix { $0 != ":" })
        let fits = url.utf8.allSatisfy { (0x21..<0x7F).contains($0) && !"@?#\\\"<>".utf8.contains($0) }
        // In clear, login and fax may not leave the machine.
        let isLocal = ["127.0.0.1", "[::1]", "localhost"].contains(name)
        guard url.hasPrefix("https://") || (isPlain && isLocal), fits, !name.isEmpty else {
            throw .ofSetting(
                "fax.http.url",
                Bilingual(
                    fr: "il faut une adresse https:// sans nom, mot de passe ni paramètres (http:// pour cette machine "
                        + "seule).",
                    en: "an https:// address without name, password and parameters is expected (http:// for this "
                        + "machine alone)."))
        }
        return (String(url.reversed().drop { $0 == "/" }.reversed()), host)
    }
}
