import Configuration
package import SupportDesk

/// How the fax gateway, and the program that sets pages, are tried without dialling.
package struct FaxProbe: Sendable {
    /// What was found at the gateway.
    package var gateway: @Sendable () async throws(ChannelFault) -> Bilingual
    /// How many pages a sample became.
    package var page: @Sendable () async throws -> Int

    package init(
        gateway: @escaping @Sendable () async throws(ChannelFault) -> Bilingual,
        page: @escaping @Sendable () async throws -> Int
    ) {
        self.gateway = gateway
        self.page = page
    }
}

extension Doctor {
    func fax() async -> [DoctorCheck] {
        guard settings.fax.gateway != .none else { return [] }
        guard let probe = probeFax else {
            return [
                .warning(
                    "fax", fr: "la passerelle de fax n'est pas essayée d'ici.",
                    en: "the fax gateway is not tried from here.",
                    mend: Bilingual(
                        fr: "démarrez le service, puis refaites « assistctl doctor ».",
                        en: "start the service, then run \"assistctl doctor\" again."))
            ]
        }
        return [await gateway(probe), await page(probe)]
    }

    private func gateway(_ probe: FaxProbe) async -> DoctorCheck {
        do throws(ChannelFault) {
            let words = try await probe.gateway()
            return .ok("fax", fr: words.french, en: words.english)
        } catch {
            return .fault(
                "fax", fr: error.explanation.french, en: error.explanation.english,
                mend: Self.mend(error.kind, settings.fax.gateway))
        }
    }

    private func page(_ probe: FaxProbe) async -> DoctorCheck {
        do {
            let pages = try await probe.page()
            return .ok(
                "fax page", fr: "une page d'essai se compose (\(pages)).", en: "a sample page can be set (\(pages)).")
        } catch {
            let words = error.inWords
            return .fault(
                "fax page", fr: words.french, en: words.english,
                mend: Bilingual(
                    fr: "installez assistd-faxpage et ses bibliothèques (Pango, Cairo), ou donnez fax.page_program.",
                    en: "install assistd-faxpage and its libraries (Pango, Cairo), or give fax.page_program."))
        }
    }

    private static func mend(_ kind: ChannelFault.Kind, _ gateway: Settings.Fax.Gateway) -> Bilingual {
        let section = gateway == .none ? "fax" : "fax.\(gateway.rawValue)"
        return switch kind {
        case .unreachable:
            Bilingual(
                fr: "vérifiez l'adresse sous [\(section)], que le serveur tourne, le réseau et le pare-feu.",
                en: "check the address under [\(section)], that the server runs, the network and the firewall.")
        case .busy:
            Bilingual(
                fr: "la passerelle demande de revenir plus tard : rien à faire si cela ne dure pas.",
                en: "the gateway asks to come back later: nothing to do unless it lasts.")
        case .tls:
            Bilingual(
                fr: "vérifiez que l'adresse sous [\(section)] porte le nom écrit dans le certificat.",
                en: "check that the address under [\(section)] has the name written in the certificate.")
        case .authentication:
            Bilingual(
                fr: "vérifiez le nom et le secret sous [\(section)].",
                en: "check the name and the secret under [\(section)].")
        case .configuration:
            Bilingual(
                fr: "corrigez [\(section)] dans la configuration, puis « systemctl reload assistd ».",
                en: "correct [\(section)] in the configuration, then \"systemctl reload assistd\".")
        }
    }
}
