package import Configuration
import SupportDesk

extension SMTPSettings {
    /// Takes `[smtp]` of the configuration; secrets are read each time they are needed.
    ///
    /// - Parameter environment: where `env:NAME` and `$CREDENTIALS_DIRECTORY` are looked up.
    package init(_ smtp: Settings.SMTP, environment: [String: String]) throws(Invalid) {
        func secret(_ source: SecretSource?) -> Secret? {
            source.map { source in Secret(place: source.configured) { try source.read(environment: environment) } }
        }
        try self.init(
            url: smtp.url ?? "", tls: smtp.tls == .required ? .required : .none, username: smtp.username,
            password: secret(smtp.passwordFile), token: secret(smtp.oauth2TokenFile), from: smtp.from ?? "",
            to: smtp.to, caFile: smtp.caFile, hello: smtp.hello)
    }
}
