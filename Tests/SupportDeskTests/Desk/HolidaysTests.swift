import SupportDesk
import Testing

@Suite("Holidays")
struct HolidaysTests {
    static func fault(_ entries: [String]) -> HolidaysFault? {
        do throws(HolidaysFault) {
            _ = try Holidays(entries)
            return nil
        } catch {
            return error
        }
    }

    /// Easter Sunday from 1990 to 2040, listed: a third way beside the two formulas.
    static let easters = """
        15/04/1990 31/03/1991 19/04/1992 11/04/1993 03/04/1994 16/04/1995 07/04/1996 30/03/1997 12/04/1998 04/04/1999
        23/04/2000 15/04/2001 31/03/2002 20/04/2003 11/04/2004 27/03/2005 16/04/2006 08/04/2007 23/03/2008 12/04/2009
        04/04/2010 24/04/2011 08/04/2012 31/03/2013 20/04/2014 05/04/2015 27/03/2016 16/04/2017 01/04/2018 21/04/2019
        12/04/2020 04/04/2021 17/04/2022 09/04/2023 31/03/2024 20/04/2025 05/04/2026 28/03/2027 16/04/2028 01/04/2029
        21/04/2030 13/04/2031 28/03/2032 17/04/2033 09/04/2034 25/03/2035 13/04/2036 05/04/2037 25/04/2038 10/04/2039
        01/04/2040
        """

    @Test("the eleven days of every year from 1990 to 2040")
    func allYears() throws {
        let easters = try Self.easters.split { $0 == " " || $0 == "\n" }.map { try day(String($0)) }
        #expect(easters.map(\.year) == Array(1990...2040))
        for easter in easters {
            let year = easter.year
            var expected = [
                easter.adding(days: 1).description: "Lundi de Pâques",
                easter.adding(days: 39).description: "Ascension",
                easter.adding(days: 50).description: "Lundi de Pentecôte",
            ]
            for (date, name) in [
                ("01-01", "Jour de l'An"), ("05-01", "Fête du Travail"), ("05-08", "Victoire de 1945"),
                ("07-14", "Fête nationale"), ("08-15", "Assomption"), ("11-01", "Toussaint"),
                ("11-11", "Armistice de 1918"), ("12-25", "Noël"),
            ] {
                // May Day and Ascension in 2008, 8 May and Ascension in 1997.
                expected["\(year)-\(date)"] = expected["\(year)-\(date)"].map { "\(name), \($0)" } ?? name
            }
            let list = Holidays.france.list(from: try day("\(year)-01-01"), through: try day("\(year)-12-31"))
            #expect(list.map(\.day) == list.map(\.day).sorted())
            let found = Dictionary(list.map { ($0.day.description, $0.name.french) }) { first, _ in first }
            #expect(found == expected, "\(year)")
        }
    }

    @Test("2026 in both languages, as the government publishes it")
    func year() throws {
        let list = Holidays.france.list(from: try day("2026-01-01"), count: 11)
        #expect(
            list.map { "\($0.day) \($0.name.english)" } == [
                "2026-01-01 New Year's Day", "2026-04-06 Easter Monday", "2026-05-01 May Day",
                "2026-05-08 Victory in Europe Day", "2026-05-14 Ascension Day", "2026-05-25 Whit Monday",
                "2026-07-14 Bastille Day", "2026-08-15 Assumption Day", "2026-11-01 All Saints' Day",
                "2026-11-11 Armistice Day", "2026-12-25 Christmas Day",
            ])
        #expect(Holidays.france.list(from: try day("2026-12-25"), count: 2).map(\.day.description).last == "2027-01-01")
        #expect(Holidays.france.list(from: try day("2026-12-25"), count: 0).isEmpty)
        #expect(Holidays.france.list(from: try day("2026-12-25"), through: try day("2026-12-24")).isEmpty)
        #expect(try Holidays(["aucun"]).list(from: try day("2026-01-01"), count: 5).isEmpty)
    }

    @Test(
        "regions add their days",
        arguments: [
            ("Alsace-Moselle", "2026-04-03 2026-12-26", "Vendredi saint", "Good Friday"),
            ("alsace moselle", "2026-04-03 2026-12-26", "Vendredi saint", "Good Friday"),
            ("Guadeloupe", "2026-05-27", "Abolition de l'esclavage", "Abolition of slavery"),
            ("MARTINIQUE", "2026-05-22", "Abolition de l'esclavage", "Abolition of slavery"),
            ("guyane", "2026-06-10", "Abolition de l'esclavage", "Abolition of slavery"),
            ("Réunion", "2026-12-20", "Abolition de l'esclavage", "Abolition of slavery"),
            ("la réunion", "2026-12-20", "Abolition de l'esclavage", "Abolition of slavery"),
            ("Mayotte", "2026-04-27", "Abolition de l'esclavage", "Abolition of slavery"),
            ("Saint-Barthélemy", "2026-10-09", "Abolition de l'esclavage", "Abolition of slavery"),
            ("saint martin", "2026-05-28", "Abolition de l'esclavage", "Abolition of slavery"),
        ])
    func regions(name: String, days: String, french: String, english: String) throws {
        let holidays = try Holidays([name])
        let (first, last) = (try day("2026-01-01"), try day("2026-12-31"))
        let usual = Holidays.france.list(from: first, through: last).map(\.day.description)
        let added = holidays.list(from: first, through: last).filter { !usual.contains($0.day.description) }
        #expect(added.map(\.day.description).joined(separator: " ") == days)
        #expect(added.first?.name == Bilingual(fr: french, en: english))
        #expect(try Holidays([holidays.description]) == holidays)
    }

    @Test("Saint-Martin moved its day in 2018, and two regions name a common day once")
    func saintMartin() throws {
        let island = try Holidays(["saint-martin", "guadeloupe"])
        #expect(island.name(on: try day("2017-05-27"))?.french == "Abolition de l'esclavage")
        #expect(island.name(on: try day("2017-05-28")) == nil)
        #expect(island.name(on: try day("2018-05-28"))?.french == "Abolition de l'esclavage")
        #expect(try Holidays(["saint-martin"]).name(on: try day("2018-05-27")) == nil)
    }

    @Test(
        "good spellings and their one way of writing",
        arguments: [
            ([], "fr"), (["France"], "fr"), (["métropole", "FR"], "fr"), (["none"], "aucun"), (["Aucun"], "aucun"),
            (["Réunion", "alsace-moselle"], "fr; alsace-moselle; reunion"),
            (["2026-12-24"], "fr; 2026-12-24"), (["24/12/2026 fermé"], "fr; 2026-12-24"),
            (["24/12"], "fr; 12-24"), (["12-24 closed", "29/02"], "fr; 02-29; 12-24"),
            (["2026-08-03..2026-08-14"], "fr; 2026-08-03..2026-08-14"),
            (["03/08/2026 .. 14/08/2026"], "fr; 2026-08-03..2026-08-14"),
            (["2026-08-03..2026-08-05", "2026-08-06", "05/08/2026..2026-08-07"], "fr; 2026-08-03..2026-08-07"),
            (["2026-05-25 open"], "fr; 2026-05-25 ouvert"), (["25/05/2026 Ouvert"], "fr; 2026-05-25 ouvert"),
            (["2026-12-24 09:00-12:00"], "fr; 2026-12-24 09:00-12:00"),
            (["24/12 9h-12h, 14h - 15h"], "fr; 12-24 09:00-12:00 14:00-15:00"),
            (["24/12..02/01"], "fr; 01-01..01-02; 12-24..12-31"),
            (["aucun; 12-25; 2026-01-01..2026-01-02 9h-10h"], "aucun; 2026-01-01..2026-01-02 09:00-10:00; 12-25"),
            (["2024-01-01..2024-12-31", "2025-01-01"], "fr; 2024-01-01..2024-12-31; 2025-01-01"),
        ])
    func spellings(entries: [String], text: String) throws {
        let holidays = try Holidays(entries)
        #expect(holidays.description == text)
        #expect(try Holidays([text]) == holidays)
        #expect(try Holidays(text.split(separator: ";").map(String.init)) == holidays)
    }

    @Test("the more specific entry decides")
    func specific() throws {
        let holidays = try Holidays([
            "12-24", "2026-12-24 9h-12h", "2027-12-24 ouvert", "05-08 ouvert", "2027-05-08", "2026-05-25 ouvert",
            "12-25",
        ])
        let exceptional = Bilingual(fr: "fermeture exceptionnelle", en: "exceptional closing")
        #expect(holidays.name(on: try day("2025-12-24")) == exceptional)
        #expect(holidays.name(on: try day("2026-12-24")) == nil)
        #expect(holidays.specialHours(on: try day("2026-12-24")) == [540..<720])
        #expect(holidays.name(on: try day("2027-12-24")) == nil)
        #expect(holidays.specialHours(on: try day("2027-12-24")) == nil)
        #expect(holidays.name(on: try day("2026-05-08")) == nil)
        // The law closes the day as the entry does, and has a better name for it.
        #expect(holidays.name(on: try day("2027-05-08"))?.english == "Victory in Europe Day")
        #expect(holidays.name(on: try day("2026-12-25"))?.french == "Noël")
        #expect(holidays.name(on: try day("2026-05-25")) == nil)
        #expect(holidays.name(on: try day("2027-05-17"))?.french == "Lundi de Pentecôte")
    }

    @Test(
        "what is wrong is said in both languages, with the entry and how to mend it",
        arguments: [
            ("bretagne", "ni un jour ni une région", "neither a day nor a region"),
            ("guadeloupe ouvert", "alsace-moselle, guadeloupe", "alsace-moselle, guadeloupe"),
            ("2026-02-29", "« 2026-02-29 » n'est pas un jour", "“2026-02-29” is not a day"),
            ("30/02", "n'est pas un jour du calendrier", "is not a day of the calendar"),
            ("12-24..2026-12-26", "du même genre", "of the same kind"),
            ("2026-12-24..", "n'est pas un jour", "is not a day"),
            ("..2026-12-24", "n'est pas un jour", "is not a day"),
            ("2026-01-01..2026-01-02..2026-01-03", "n'est pas un jour", "is not a day"),
            ("24-12-2026", "n'est pas un jour", "is not a day"),
            ("2026-08-14..2026-08-03", "finit avant", "ends before"),
            ("2026-01-01..2027-01-02", "plus de 366 jours", "more than 366 days"),
            ("2026-12-24 matin", "« matin » n'est pas une plage", "“matin” is not a span"),
            ("2026-12-24 12h-9h", "finit avant d'avoir commencé", "ends before it has begun"),
            ("2026-12-24 9h-12h 11h-13h", "se chevauchent", "overlap"),
            ("2026-12-24 ouvert 9h-12h", "« ouvert » n'est pas", "“ouvert” is not"),
            ("2026-07-20 ouvert", "autre chose du 2026-07-20", "something else of 2026-07-20"),
            ("2026-07-18..2026-07-22 9h-12h", "autre chose du 2026-07-20", "something else of 2026-07-20"),
            ("20/06 ouvert", "autre chose du 06-20", "something else of 06-20"),
            ("aucun", "s'excluent", "exclude each other"),
        ])
    func faults(entry: String, french: String, english: String) throws {
        let fault = try #require(Self.fault(["fr", "2026-07-20", "06-20", entry]))
        #expect(fault.explanation.french.contains(french), "\(fault.explanation.french)")
        #expect(fault.explanation.english.contains(english), "\(fault.explanation.english)")
        #expect(fault.entry == entry)
        #expect(fault.explanation.french.hasPrefix("Jours fériés « \(entry) » : "))
        #expect(fault.explanation.english.hasPrefix("Holidays “\(entry)”: "))
    }

    @Test("the same said twice is no contradiction, nor are a year and every year")
    func agreeing() {
        #expect(Self.fault(["2026-12-24", "24/12/2026", "12-24 ouvert", "fr", "france"]) == nil)
        #expect(Self.fault(["aucun", "mayotte"])?.entry == "mayotte")
    }
}
