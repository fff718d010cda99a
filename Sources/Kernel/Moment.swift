/// A step of work at which a lesson may help. A screen names its moment; the lessons say at which they belong.
public enum Moment: String, Sendable, CaseIterable {
  case planningJourney = "planning-journey"
  case planningMove = "planning-move"
  case handingOver = "handing-over"
  case steppingDown = "stepping-down"
  case firstWeekHome = "first-week-home"
  case setback
  case silence
  case planAndSteps = "plan-and-steps"
  case earlyWarning = "early-warning"
  case landed
  case nuisance
  case applyingBenefit = "applying-benefit"
  case choosingDayActivity = "choosing-day-activity"
  case startingGroup = "starting-group"
  case planningMixedBuilding = "planning-mixed-building"
  case remoteSupport = "remote-support"
  case welcomingNeighbours = "welcoming-neighbours"
  case writingReport = "writing-report"
}
