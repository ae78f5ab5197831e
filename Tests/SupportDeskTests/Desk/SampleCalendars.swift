import SupportDesk

extension BusinessCalendar {
    /// The calendars that the tests are about; `deadlines.py` has them too, in its own words.
    static func sample(_ name: String) throws -> BusinessCalendar {
        let desk = OpeningHours.desk.description
        let (zone, hours, holidays): (String, [String], [String]) =
            switch name {
            case "desk": ("Europe/Paris", [desk], [])
            case "alsace": ("Europe/Paris", [desk], ["Alsace-Moselle"])
            case "reunion": ("Indian/Reunion", [desk], ["La Réunion"])
            case "martinique": ("America/Martinique", [desk], ["fr", "martinique"])
            case "saint-martin": ("America/Marigot", [desk], ["Saint-Martin"])
            case "saturday": ("Europe/Paris", [desk, "sam 9h-12h"], [])
            case "solidarity": ("Europe/Paris", [desk], ["2026-05-25 ouvert"])
            case "summer": ("Europe/Paris", [desk], ["03/08/2026..14/08/2026", "2026-12-31"])
            case "christmas": ("Europe/Paris", [desk], ["24/12 9h-12h"])
            case "night": ("Europe/Paris", ["lun-dim 00:00-24:00"], ["aucun"])
            case "small-hours": ("Europe/Paris", ["dim 2h-3h"], ["aucun"])
            case "newfoundland": ("America/St_Johns", ["sam 22h-24h", "dim 0h-0h30"], ["aucun"])
            default: ("", [], [])
            }
        return BusinessCalendar(
            hours: try OpeningHours(hours), holidays: try Holidays(holidays), zone: try Zone.named(zone))
    }

    static let samples = [
        "desk", "alsace", "reunion", "martinique", "saint-martin", "saturday", "solidarity", "summer", "christmas",
        "night", "small-hours", "newfoundland",
    ]
}
