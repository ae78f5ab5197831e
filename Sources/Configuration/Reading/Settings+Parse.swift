import SupportDesk

extension Settings {
    /// Reads the text of a configuration file.
    ///
    /// - Returns: the settings with what deserves a second look; or everything that is wrong, each with its key and
    ///   line.
    package static func parse(
        _ text: String
    ) -> Result<(Settings, warnings: [ConfigurationProblem]), ConfigurationFault> {
        let document: ConfigurationDocument
        do throws(ConfigurationProblem.Syntax) {
            document = try ConfigurationDocument(text)
        } catch {
            let problem = ConfigurationProblem(key: "", line: error.line, words: error.words)
            return .failure(ConfigurationFault(code: .invalid, problems: [problem]))
        }
        var settings = Settings()
        var reader = SettingsReader(document)
        settings.readIntake(&reader)
        settings.readQuotas(&reader)
        settings.readMail(&reader)
        settings.readFax(&reader)
        settings.readDesk(&reader)
        settings.readRest(&reader)
        reader.refuseUnknown()
        settings.crossCheck(&reader)
        guard reader.errors.isEmpty else {
            return .failure(ConfigurationFault(code: .invalid, problems: inOrder(reader.errors)))
        }
        return .success((settings, warnings: inOrder(reader.warnings)))
    }

    /// By line; what is missing, and so has no line, comes last.
    private static func inOrder(_ problems: [ConfigurationProblem]) -> [ConfigurationProblem] {
        problems.sorted { ($0.line ?? .max, $0.key) < ($1.line ?? .max, $1.key) }
    }

    private mutating func readIntake(_ reader: inout SettingsReader) {
        reader.read("spool", "path", into: &spool.path, .absolutePath)
        reader.read("spool", "settle", into: &spool.settle, .duration(upTo: .seconds(3600)))
        reader.read("spool", "rescan", into: &spool.rescan, .duration(upTo: .seconds(86_400)))
        reader.read("spool", "reserve", into: &spool.reserve, .size(0...1_000_000_000_000))
        reader.read("spool", "max_size", into: &spool.limits.total, .size(1000...1_000_000_000))
        reader.read("spool", "max_header", into: &spool.limits.header, .size(1000...10_000_000))
        reader.read("spool", "max_fields", into: &spool.limits.fields, .integer(1...10_000))
        reader.read("spool", "max_attachments", into: &spool.limits.attachments, .integer(0...1000))
        reader.read("journal", "url", into: &journal.url, .journalURL)
        reader.read("control", "socket", into: &control.socket, .socketPath)
        reader.read("control", "admin_group", into: &control.adminGroup, .accountName)
        reader.read("licenses", "register", into: &licenses.register, .absolutePath)
        reader.read("licenses", "pattern", into: &licenses.pattern, .pattern)
        reader.read("licenses", "check_digit", into: &licenses.checkDigit, .choice)
        reader.read("licenses", "unknown", into: &licenses.unknown, .choice)
        reader.read("licenses", "no_register", into: &licenses.noRegister, .choice)
        reader.read("licenses", "expired", into: &licenses.expired, .choice)
        reader.read("licenses", "not_entitled", into: &licenses.notEntitled, .choice)
        reader.read("licenses", "channel_not_covered", into: &licenses.channelNotCovered, .choice)
        reader.read("licenses", "unsupported_version", into: &licenses.unsupportedVersion, .choice)
        reader.read("licenses", "minimum_version", into: &licenses.minimumVersion, .version)
        reader.read("licenses", "contracts", into: &licenses.contracts, .contractKinds)
        reader.read("licenses", "versions", into: &licenses.versions, .absolutePath)
    }

    private mutating func readQuotas(_ reader: inout SettingsReader) {
        reader.read("quotas", "user_daily", into: &quotas.userDaily, .integer(1...1_000_000))
        reader.read("quotas", "license_daily", into: &quotas.licenseDaily, .integer(1...1_000_000))
    }

    private mutating func readMail(_ reader: inout SettingsReader) {
        reader.read("smtp", "url", into: &smtp.url, .mailServer)
        reader.read("smtp", "tls", into: &smtp.tls, .choice)
        reader.read("smtp", "username", into: &smtp.username, .text)
        reader.read("smtp", "password_file", into: &smtp.passwordFile, .secret)
        reader.read("smtp", "oauth2_token_file", into: &smtp.oauth2TokenFile, .secret)
        reader.read("smtp", "from", into: &smtp.from, .address)
        reader.read("smtp", "from_name", into: &smtp.fromName, .text)
        reader.read("smtp", "to", into: &smtp.to, .address)
        reader.read("smtp", "cc_partner", into: &smtp.ccPartner, .boolean)
        reader.read("smtp", "connections", into: &smtp.connections, .integer(1...100))
        reader.read("smtp", "ca_file", into: &smtp.caFile, .absolutePath)
        reader.read("smtp", "hello", into: &smtp.hello, .hostName)
        reader.read("smtp", "template", into: &smtp.template, .absolutePath)
        reader.read("retry", "first", into: &retry.policy.first, .duration())
        reader.read("retry", "ceiling", into: &retry.policy.ceiling, .duration())
        reader.read("retry", "give_up", into: &retry.policy.giveUp, .duration())
        reader.read("retry", "warn_after", into: &retry.warnAfter, .duration())
    }

    private mutating func readDesk(_ reader: inout SettingsReader) {
        reader.read("desk", "name", into: &desk.name, .text)
        reader.read("desk", "timezone", into: &desk.timezone, .timezone)
        reader.read("desk", "hours", into: &desk.hours, .openingHours)
        reader.read("desk", "holidays", into: &desk.holidays, .holidays)
        reader.read("desk", "response", into: &desk.response, .duration(upTo: .seconds(30 * 86_400)))
        reader.read("desk", "contacts", into: &desk.contacts, .contacts)
        reader.read("desk", "partner_file", into: &desk.partnerFile, .text)
        reader.read("desk", "language", into: &desk.language, .choice)
        reader.read("desk", "reminder", into: &desk.reminder, .boolean)
        reader.read("desk", "notify", into: &desk.notify, .address)
        reader.read("privacy", "mask_in_mail", into: &privacy.maskInMail, .boolean)
    }

    private mutating func readRest(_ reader: inout SettingsReader) {
        reader.read("mailbox", "url", into: &mailbox.url, .text)
        reader.read("mailbox", "username", into: &mailbox.username, .text)
        reader.read("mailbox", "password_file", into: &mailbox.passwordFile, .secret)
        reader.read("mailbox", "oauth2_token_file", into: &mailbox.oauth2TokenFile, .secret)
        reader.read("mailbox", "poll", into: &mailbox.poll, .duration())
        reader.read("retention", "bodies", into: &retention.bodies, .duration())
        reader.read("retention", "metadata", into: &retention.metadata, .duration())
        reader.read("http", "listen", into: &http.listen, .text)
        reader.read("http", "token_file", into: &http.tokenFile, .secret)
        reader.read("log", "level", into: &log.level, .choice)
        reader.read("log", "format", into: &log.format, .choice)
    }
}
