package import SupportDesk

extension Intake {
    /// What the composition gives; asked anew for each batch, so that a reload and a changed register take effect.
    package struct Tools: Sendable {
        package var settle: Duration
        package var rescan: Duration
        package var limits: ReportLimits
        /// Bytes that stay free on the disk; 0 keeps nothing back.
        package var reserve: Int
        package var admissions: AdmissionDesk
        package var quotas = Quotas()
        /// Who may let go what a quota holds: the quota for one user does not hold for them.
        package var isAdministrator: @Sendable (UInt32) -> Bool = { $0 == 0 }

        package init(
            settle: Duration, rescan: Duration, limits: ReportLimits, reserve: Int = 0, admissions: AdmissionDesk
        ) {
            self.settle = settle
            self.rescan = rescan
            self.limits = limits
            self.reserve = reserve
            self.admissions = admissions
        }
    }
}
