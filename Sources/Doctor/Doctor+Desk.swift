import Configuration
import Platform
import SupportDesk

extension Doctor {
    /// What is known of the desk: its hours, the versions it released, the partner.
    func desk() -> [DoctorCheck] { [hours()] + versions() + partner() }

    private func hours() -> DoctorCheck {
        let desk = settings.desk
        guard let zone = Zone.named(desk.timezone) else {
            return .fault(
                "desk", fr: "cette machine ne connaît pas le fuseau « \(desk.timezone) ».",
                en: "this machine does not know the time zone \"\(desk.timezone)\".",
                mend: Bilingual(
                    fr: "corrigez desk.timezone, par exemple \"Europe/Paris\".",
                    en: "correct desk.timezone, for example \"Europe/Paris\"."))
        }
        let calendar = BusinessCalendar(hours: desk.hours, holidays: desk.holidays, zone: zone)
        guard let due = calendar.deadline(from: clock.now, after: desk.response) else {
            return .warning(
                "desk", fr: "l'assistance n'ouvre pas assez pour répondre : aucune échéance n'est calculée.",
                en: "the desk does not open enough to answer: no due time is computed.",
                mend: Bilingual(
                    fr: "vérifiez desk.hours, desk.holidays et desk.response (« assistctl hours »).",
                    en: "check desk.hours, desk.holidays and desk.response (\"assistctl hours\")."))
        }
        let when = zone.longText(due)
        return .ok(
            "desk",
            fr: "\(calendar.hours) (\(desk.timezone)) ; une réponse demandée maintenant est due \(when.french).",
            en: "\(calendar.hours) (\(desk.timezone)); an answer asked for now is due \(when.english).")
    }

    private func versions() -> [DoctorCheck] {
        guard let path = settings.licenses.versions else { return [] }
        return [
            look("versions", at: path) { bytes in
                let newest = try ReleasedVersions.parse(bytes).newest()
                return newest.map {
                    Bilingual(fr: "la plus récente est \($0)", en: "the newest is \($0)")
                } ?? Bilingual(fr: "aucune version commune à tous les produits", en: "no version of every product")
            }
        ]
    }

    private func partner() -> [DoctorCheck] {
        let path = settings.desk.partnerFile(beside: file)
        // Not everybody has a partner; but who names a file means one.
        let isDefault = settings.desk.partnerFile == Settings().desk.partnerFile
        if isDefault, (try? OpenFile(following: path)) == nil { return [] }
        return [
            look("partner", at: path) { bytes in
                let name = try PartnerFile.parse(bytes).partner.name.first?.harmless ?? "?"
                return Bilingual(fr: name, en: name)
            }
        ]
    }

    private func look(_ name: String, at path: String, _ read: ([UInt8]) throws -> Bilingual) -> DoctorCheck {
        do {
            let open = try OpenFile(following: path)
            let found = try read(try open.read(limit: 1_000_000, expecting: try open.info().size))
            return .ok(name, fr: "\(path) : \(found.french).", en: "\(path): \(found.english).")
        } catch {
            let words = error.inWords
            return .fault(
                name, fr: "\(path) : \(words.french)", en: "\(path): \(words.english)",
                mend: Bilingual(
                    fr:
                        "corrigez le fichier ou ses droits (lisible par assistd) ; ce qu'il apporte manque en attendant.",
                    en: "correct the file or its permissions (readable by assistd); what it gives is missing meanwhile."
                ))
        }
    }
}
