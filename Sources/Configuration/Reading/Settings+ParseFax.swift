import SupportDesk

extension Settings {
    /// `[fax]` and what lies under it.
    mutating func readFax(_ reader: inout SettingsReader) {
        reader.read("fax", "gateway", into: &fax.gateway, .choice)
        reader.read("fax", "number", into: &fax.number, .faxNumber)
        reader.read("fax", "own_number", into: &fax.ownNumber, .ownNumber)
        reader.read("fax", "station_id", into: &fax.stationID, .stationID)
        reader.read("fax", "dial_prefix", into: &fax.dialPrefix, .anything)
        reader.read("fax", "resolution", into: &fax.resolution, .choice)
        reader.read("fax", "max_pages", into: &fax.maxPages, .integer(1...200))
        reader.read("fax", "give_up", into: &fax.giveUp, .duration())
        reader.read("fax", "daily_calls", into: &fax.dailyCalls, .integer(1...10_000))
        reader.read("fax", "daily_pages", into: &fax.dailyPages, .integer(1...100_000))
        reader.read("fax", "sending_hours", into: &fax.sendingHours, .sendingHours)
        reader.read("fax", "fallback_after", into: &fax.fallbackAfter, .duration(upTo: .seconds(30 * 86_400)))
        reader.read("fax", "fallback_mail", into: &fax.fallbackMail, .choice)
        reader.read("fax", "pictures", into: &fax.pictures, .boolean)
        reader.read("fax", "page_program", into: &fax.pageProgram, .absolutePath)

        reader.read("fax.hylafax", "host", into: &fax.hylafax.host, .hostName)
        reader.read("fax.hylafax", "port", into: &fax.hylafax.port, .integer(1...65535))
        reader.read("fax.hylafax", "user", into: &fax.hylafax.user, .text)
        reader.read("fax.hylafax", "password_file", into: &fax.hylafax.passwordFile, .secret)
        reader.read("fax.hylafax", "modem", into: &fax.hylafax.modem, .text)
        reader.read("fax.hylafax", "max_dials", into: &fax.hylafax.maxDials, .calls)
        reader.read("fax.hylafax", "max_tries", into: &fax.hylafax.maxTries, .integer(1...100))
        reader.read("fax.hylafax", "poll", into: &fax.hylafax.poll, .duration(upTo: .seconds(3600)))

        reader.read("fax.mail", "to", into: &fax.mail.to, .text)
        reader.read("fax.mail", "subject", into: &fax.mail.subject, .anything)
        reader.read("fax.mail", "body", into: &fax.mail.body, .lines)
        reader.read("fax.mail", "from", into: &fax.mail.from, .address)
        reader.read("fax.mail", "secret_file", into: &fax.mail.secretFile, .secret)
        reader.read("fax.mail", "attachment", into: &fax.mail.attachment, .text)

        reader.read("fax.http", "profile", into: &fax.http.profile, .text)
        reader.read("fax.http", "url", into: &fax.http.url, .text)
        reader.read("fax.http", "username", into: &fax.http.username, .text)
        reader.read("fax.http", "password_file", into: &fax.http.passwordFile, .secret)

        reader.read("fax.command", "submit", into: &fax.command.submit, .texts)
        reader.read("fax.command", "status", into: &fax.command.status, .texts)
        reader.read("fax.command", "timeout", into: &fax.command.timeout, .duration(upTo: .seconds(86_400)))
    }
}

extension Expectation where Value == String {
    /// A number to fax to.
    fileprivate static var faxNumber: Self {
        text.then { text throws(Complaint) in
            guard text.hasPrefix("+") else { throw Complaint(FaxNumber.Refusal.malformed(text.harmless).explanation) }
            do throws(FaxNumber.Refusal) {
                return try FaxNumber(text).e164
            } catch {
                throw Complaint(error.explanation)
            }
        }
    }

    /// A number of one's own, with its country (ITU-T E.164); blanks, dots and dashes are dropped.
    fileprivate static var ownNumber: Self {
        text.then { text throws(Complaint) in
            guard text.hasPrefix("+"), let number = PhoneNumber(text)?.e164 else {
                throw Complaint(FaxNumber.Refusal.malformed(text.harmless).explanation)
            }
            return number
        }
    }

    /// What the other machine shows: up to 20 digits, blanks and plus signs (ITU-T T.30, 5.3.6.2.7).
    fileprivate static var stationID: Self {
        text.then { text throws(Complaint) in
            guard text.utf8.count <= 20, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || " +".utf8.contains($0) })
            else {
                throw Complaint(
                    fr: "il faut au plus 20 signes : chiffres, espaces et « + ».",
                    en: "at most 20 characters are expected: digits, blanks and \"+\".")
            }
            return text
        }
    }
}

extension Expectation where Value == Int {
    /// How often one job may call.
    fileprivate static var calls: Self {
        integer(1...100).then { calls throws(Complaint) in
            guard calls <= 6 else {
                throw Complaint(
                    fr:
                        "au plus 6 : en France, un numéro qui ne répond pas n'est pas rappelé plus de cinq fois de suite.",
                    en:
                        "6 at most: in France, a number that does not answer is not called again more than five times in "
                        + "a row.")
            }
            return calls
        }
    }
}
