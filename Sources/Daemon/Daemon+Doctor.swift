import ControlAPI
import Intake
import SupportDesk

extension Daemon {
    func doctor(_ live: LiveSettings, journal: any SupportDesk.Journal, intake: Intake) async -> DoctorView {
        DoctorView(checks: [])
    }
}
