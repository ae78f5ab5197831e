import SupportDesk
import Testing

@Suite("Opening hours")
struct OpeningHoursTests {
    static func fault(_ entries: [String]) -> OpeningHoursFault? {
        do throws(OpeningHoursFault) {
            _ = try OpeningHours(entries)
            return nil
        } catch {
            return error
        }
    }

    @Test("the desk's own, day by day")
    func desk() {
        let expected = [540..<750, 840..<1080]
        for day in Weekday.allCases {
            #expect(OpeningHours.desk.windows(on: day) == (day == .saturday || day == .sunday ? [] : expected))
        }
        #expect(OpeningHours.desk.description == "lun-ven 09:00-12:30 14:00-18:00")
    }

    @Test(
        "good spellings and their one way of writing",
        arguments: [
            (["lun-ven 09:00-12:30 14:00-18:00"], "lun-ven 09:00-12:30 14:00-18:00"),
            (["mon-fri 9:00-17:00"], "lun-ven 09:00-17:00"),
            (["Lundi-Vendredi 9h-12h30 14h-18h", "SAMEDI 9h-12h"], "lun-ven 09:00-12:30 14:00-18:00; sam 09:00-12:00"),
            (["sat 10h00-12h05", "sun closed"], "sam 10:00-12:05"),
            (["dim fermé", "sam Fermé", "lun 9h-10h"], "lun 09:00-10:00"),
            (["lun,mer,ven 8h-9h"], "lun,mer,ven 08:00-09:00"),
            (["lun, mer , ven 8h - 9h, 10h - 11h"], "lun,mer,ven 08:00-09:00 10:00-11:00"),
            (["sam-lun 0h-24h"], "lun,sam,dim 00:00-24:00"),
            (["Sunday-Tuesday 00:00-24:00"], "lun,mar,dim 00:00-24:00"),
            (["lun.-mer. : 9h–12h / 14h–18h"], "lun-mer 09:00-12:00 14:00-18:00"),
            (["tues-thurs 9h-12h et 14h-18h"], "mar-jeu 09:00-12:00 14:00-18:00"),
            (["ven\u{A0}14h-18h 9h-12h"], "ven 09:00-12:00 14:00-18:00"),
            (["lun 9h-12h 12h-14h 14:00-18:00"], "lun 09:00-18:00"),
            (["lun-lun 9h-12h; mar 9h-12h;"], "lun,mar 09:00-12:00"),
            (["sam 9h-12h", "lun-ven 9h-18h", "dim 9h-12h"], "lun-ven 09:00-18:00; sam,dim 09:00-12:00"),
            (["", "lundi 23:59-24h"], "lun 23:59-24:00"),
            (["lun-dim 9h-12h"], "lun-dim 09:00-12:00"),
        ])
    func spellings(entries: [String], text: String) throws {
        let hours = try OpeningHours(entries)
        #expect(hours.description == text)
        #expect(try OpeningHours([text]) == hours)
    }

    @Test("every name of a day", arguments: Weekday.allCases)
    func names(day: Weekday) throws {
        for word in [day.name.french, day.name.english, day.abbreviation.french, day.abbreviation.english] {
            for spelling in [word, word.uppercased(), word.lowercased()] {
                let hours = try OpeningHours(["\(spelling) 9h-10h"])
                #expect(Weekday.allCases.filter { !hours.windows(on: $0).isEmpty } == [day], "\(spelling)")
            }
        }
    }

    @Test(
        "what is wrong is said in both languages, with the entry and how to mend it",
        arguments: [
            ("lun 9h-12h 11h-14h", "09:00-12:00 et 11:00-14:00 se chevauchent", "11:00-14:00 overlap. Keep one"),
            ("lun 12h-9h", "« 12h-9h » finit avant", "“12h-9h” ends before"),
            ("lun 9h-9h", "après celle du début", "Put the end after the begin"),
            ("lun 24:00-24:00", "finit avant", "ends before"),
            ("lun,mar,lun 9h-12h", "le lundi est déjà indiqué", "Monday has been given already"),
            ("lun-mer 9h-12h; mar 14h-18h", "le mardi est déjà indiqué", "Tuesday has been given already"),
            ("lundo 9h-12h", "« lundo » n'est pas un jour", "“lundo” is not a day"),
            ("lun-foo 9h-12h", "comme lun-ven", "like mon-fri"),
            ("lun-mer-ven 9h-12h", "« lun-mer-ven » n'est pas", "“lun-mer-ven” is not"),
            ("9h-12h lun", "« 9h-12h » n'est pas un jour", "“9h-12h” is not a day"),
            ("lun matin", "« matin » n'est pas une plage horaire", "“matin” is not a span of hours"),
            ("lun 9h-12h fermé", "« ferme » n'est pas", "“ferme” is not"),
            ("lun 9-12", "« 9-12 » n'est pas", "“9-12” is not"),
            ("lun 9h", "avec un tiret", "with a dash between"),
            ("lun 9h-12h-14h", "n'est pas une plage", "is not a span"),
            ("lun 9h-12h60", "n'est pas une plage", "is not a span"),
            ("lun 9h-12h5", "n'est pas une plage", "is not a span"),
            ("lun 9:-12:00", "n'est pas une plage", "is not a span"),
            ("lun 9h-24h01", "24:00 est la fin de la journée", "24:00 is the end of the day"),
            ("lun 009:00-12:00", "n'est pas une plage", "is not a span"),
            ("lun ٩h-12h", "n'est pas une plage", "is not a span"),
            ("lun h-12h", "n'est pas une plage", "is not a span"),
            ("lun", "les heures manquent", "the hours are missing"),
            ("lun /", "ou écrivez « fermé »", "or write “closed”"),
        ])
    func faults(entry: String, french: String, english: String) throws {
        let fault = try #require(Self.fault(["jeu 1h-2h", entry]))
        #expect(fault.explanation.french.contains(french), "\(fault.explanation.french)")
        #expect(fault.explanation.english.contains(english), "\(fault.explanation.english)")
        let quoted = try #require(fault.entry)
        #expect(entry.contains(quoted))
        #expect(fault.explanation.french.hasPrefix("Horaires d'ouverture « \(quoted) » : "))
        #expect(fault.explanation.english.hasPrefix("Opening hours “\(quoted)”: "))
    }

    @Test("a day in two entries, and the entry that repeats it is named")
    func twice() throws {
        let fault = try #require(Self.fault(["lun-ven 9h-12h", "ven fermé"]))
        #expect(fault.entry == "ven fermé")
        #expect(fault.explanation.french.contains("vendredi"))
    }

    @Test("a week without any opening", arguments: [[], [""], ["lun-dim fermé"], ["sat closed", "sun closed"]])
    func neverOpen(entries: [String]) throws {
        let fault = try #require(Self.fault(entries))
        #expect(fault.entry == nil)
        #expect(fault.explanation.french.contains("aucune ouverture"))
        #expect(fault.explanation.english.contains("no opening in the whole week"))
    }

    @Test("a fault shows nothing that could harm a terminal, nor all of a long text")
    func hostile() throws {
        let fault = try #require(Self.fault(["\u{1B}[2J" + String(repeating: "x", count: 5000) + " 9h-12h"]))
        #expect(!fault.explanation.french.contains("\u{1B}"))
        #expect(fault.explanation.english.utf8.count < 400)
    }
}
