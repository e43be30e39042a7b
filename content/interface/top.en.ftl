command-top = Who answered most in this chat this week
command-top-action = join to take part, leave to stop

top-title = Right answers this week
top-place = place
top-name = name
top-right = right
top-rating = rating
top-season = Quiz ratings this season
top-nameless = no name
top-empty = No right answers yet this week. Start with /ask
top-members = { $members ->
    [0] Nobody takes part yet. Only those who want to be are shown here.
    [one] One person takes part. Answers in this chat count.
   *[other] { $members } people take part. Answers in this chat count.
}
top-button-join = Join
top-button-leave = Leave
top-button-mine = My place
top-joined = Done: right answers in this chat count now.
top-left = Done: neither answers nor name are in the table any more.
top-mine = Your place: { $place }. Right answers this week: { $right }.
top-mine-none = No right answers here yet this week. Start with /ask
top-mine-out = You do not take part yet: tap “Join” or write /top join
top-private = Groups have a table: invite me to a group and write /top there
top-unknown = After /top you can write join to take part, or leave to stop.
