package import Configuration
import Curl
package import SupportDesk

/// Sends faxes through a service on the network, spoken to as its profile says.
package struct HTTPGateway: FaxGateway {
    package let endpoint: String
    package let pollInterval: Duration
    package let findsByTag: Bool

    private let profile: FaxProfile
    private let service: FaxService
    private let constants: [String: String]

    /// - Parameters:
    ///   - environment: where secrets are looked up.
    ///   - timeout: for each request in all.
    /// - Throws: where the settings or the profile cannot work.
    package init(
        _ settings: Settings.Fax, environment: [String: String], timeout: Duration = .seconds(120)
    ) throws(ChannelFault) {
        let profile = try Self.profile(settings.http.profile)
        service = try FaxService(profile, settings.http, environment: environment, timeout: timeout)
        let account = settings.http.username.map { " as \($0.harmless)" } ?? ""
        endpoint = "http \(profile.name) \(service.host)\(account)"
        pollInterval = profile.pollInterval
        findsByTag = profile.find != nil
        constants = ["station": settings.stationID ?? "", "resolution": settings.resolution.rawValue]
        self.profile = profile
    }

    package var callsOff: Bool { profile.cancel != nil }

    package func submit(_ job: FaxJob) async throws(ChannelFault) -> FaxHandover {
        let others = [
            "tag": job.tag.description, "pages": String(job.pages), "retries": String(max(0, job.maximumCalls - 1)),
        ]
        let placeholders = FaxPlaceholders(job, others: others.merging(constants) { own, _ in own })
        let body = try await service.body(of: profile.submit, job, placeholders)
        switch try await service.send(profile.submit.request, placeholders, body: body) {
        case .failure(let failure):
            guard failure.wasSent else { throw .unanswered(failure, by: service.host) }
            return await doubt(job.tag, "no answer after the fax was sent: \(failure.error.message.harmless)")
        case .answer(let answer):
            switch answer.status {
            case 200..<300:
                if let name = jobName(in: answer) { return .job(name) }
                // Where there is nothing to ask, the name has no use.
                if profile.poll == nil { return .over(FaxOutcome(.relayed, code: answer.status, text: answer.words)) }
                return await doubt(job.tag, "taken, but the answer names no job: \(answer.words)", answer.status)
            case 413, 415:
                return .over(FaxOutcome(.refused(.document), code: answer.status, text: answer.words))
            case 400..<500:
                if let fault = ChannelFault.refusal(answer, by: service.host) { throw fault }
                return .over(FaxOutcome(.refused(.job), code: answer.status, text: answer.words))
            case 503: throw .busy(answer, at: service.host)
            default: return await doubt(job.tag, answer.words, answer.status)
            }
        }
    }

    /// Nobody knows whether it was taken: the service is asked once. That it knows nothing yet proves nothing.
    private func doubt(_ tag: FaxTag, _ words: String, _ status: Int? = nil) async -> FaxHandover {
        if findsByTag, let found = try? await find(tag) { return .job(found) }
        return .over(FaxOutcome(.uncertain(.handover), code: status, text: words))
    }

    private func jobName(in answer: WebAnswer) -> String? {
        guard profile.poll != nil else { return nil }
        if profile.submit.job == "location" {
            guard let location = answer.location?.prefix(while: { $0 != "?" && $0 != "#" }) else { return nil }
            return Self.name(location.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init))
        }
        return Self.name(JSONAnswer(answer.body)?[profile.submit.job]?.text)
    }

    /// nil for what cannot be the name of a job: it would have to go into addresses.
    private static func name(_ text: String?) -> String? {
        guard let text, (1...200).contains(text.utf8.count), text.first != "-", text.contains(where: { $0 != "." }),
            text.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-_.~:=+".utf8.contains(byte)
                }
            })
        else { return nil }
        return text
    }

    package func find(_ tag: FaxTag) async throws(ChannelFault) -> String? {
        guard let search = profile.find else { throw .unsearchable(endpoint) }
        let placeholders = FaxPlaceholders([
            "tag": tag.description, "reference": tag.reference.description, "attempt": String(tag.attempt),
        ])
        let answer = try await ask(search.request, placeholders)
        guard (200..<300).contains(answer.status) else { throw .refusalOrFailure(answer, by: service.host) }
        guard case .list(let entries)? = JSONAnswer(answer.body)?[search.list] else {
            throw .nonsense(answer, from: service.host)
        }
        // A service that does not know the parameter answers with any faxes.
        let found = entries.first { $0[search.tag]?.text == tag.description }
        guard let found else {
            guard entries.isEmpty else { throw .nonsense(answer, from: service.host) }
            return nil
        }
        guard let name = Self.name(found[search.job]?.text) else { throw .nonsense(answer, from: service.host) }
        return name
    }

    package func standing(of job: String) async throws(ChannelFault) -> FaxStanding {
        guard let poll = profile.poll, let job = Self.name(job) else { return .unknown }
        let answer = try await ask(poll.request, FaxPlaceholders(["job": job]))
        switch answer.status {
        case 200..<300:
            guard let standing = FaxStanding(JSONAnswer(answer.body), poll) else {
                throw .nonsense(answer, from: service.host)
            }
            return standing
        case 404, 410: return .unknown
        default: throw .refusalOrFailure(answer, by: service.host)
        }
    }

    package func callOff(_ job: String) async throws(ChannelFault) -> Bool {
        guard let cancel = profile.cancel, let job = Self.name(job) else { return false }
        let answer = try await ask(cancel, FaxPlaceholders(["job": job]))
        switch answer.status {
        case 200..<300: return true
        case 401, 403, 429, 500...: throw .refusalOrFailure(answer, by: service.host)
        // It is too late, or nothing is there.
        default: return false
        }
    }

    package func examine() async throws(ChannelFault) -> Bilingual {
        guard let examine = profile.examine else {
            return Bilingual(
                fr: "\(endpoint) : le profil n'a pas de question sans frais ; rien n'a été demandé.",
                en: "\(endpoint): the profile has no question that costs nothing; nothing was asked.")
        }
        let answer = try await ask(examine, FaxPlaceholders([:]))
        guard (200..<300).contains(answer.status) else { throw .refusalOrFailure(answer, by: service.host) }
        let words = String(firstLine(of: answer.body).prefix(40))
        return Bilingual(
            fr: "\(service.host) répond et accepte l'identification (\(words)) ; rien n'a été envoyé.",
            en: "\(service.host) answers and accepts the login (\(words)); nothing was sent.")
    }

    private func ask(
        _ request: FaxProfile.Request, _ placeholders: FaxPlaceholders
    ) async throws(ChannelFault) -> WebAnswer {
        switch try await service.send(request, placeholders) {
        case .answer(let answer): return answer
        case .failure(let failure): throw .unanswered(failure, by: service.host)
        }
    }

    private static func profile(_ name: String?) throws(ChannelFault) -> FaxProfile {
        let known = FaxProfile.builtIn.keys.sorted().joined(separator: ", ")
        do throws(ConfigurationFault) {
            if let name, let text = FaxProfile.builtIn[name] {
                return try FaxProfile(text, name: name, file: "\(name).toml")
            }
            if let name, name.hasPrefix("/") { return try FaxProfile(file: name) }
        } catch {
            throw .ofSetting("fax.http.profile", error.explanation)
        }
        throw .ofSetting(
            "fax.http.profile",
            Bilingual(
                fr: "il faut l'un de : \(known), ou le chemin complet d'un fichier qui décrit un autre service.",
                en: "one of these is expected: \(known); or the full path of a file that describes another service."))
    }
}
