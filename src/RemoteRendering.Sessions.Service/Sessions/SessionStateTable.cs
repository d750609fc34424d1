using static RemoteRendering.Sessions.Service.SessionState;
using static RemoteRendering.Sessions.Service.Sessions.SessionAnswer;

namespace RemoteRendering.Sessions.Service.Sessions;

/// <summary>
/// The one table of states and triggers. The service computes every session from it, the README shows it, and the tests walk it.
/// </summary>
internal static class SessionStateTable
{
    private static readonly SessionTransition[] _transitions =
    [
        new(None, SessionTrigger.Create, Starting, "client"),
        // Of two triggers due at the same moment, the row that stands first wins: what time does comes before what is done at that moment,
        // because the caller that does it has read the result of what time did.
        new(Starting, SessionTrigger.BootDone, Ready, "time"),
        new(Starting, SessionTrigger.StartFailed, Error, "service"),
        new(Starting, SessionTrigger.CapacityLost, Error, "service"),
        new(Starting, SessionTrigger.HostLost, Error, "service"),
        new(Starting, SessionTrigger.Stop, Stopped, "client"),
        new(Ready, SessionTrigger.LeaseOver, Expired, "time"),
        new(Ready, SessionTrigger.HostLost, Error, "service"),
        new(Ready, SessionTrigger.Stop, Stopped, "client"),
        new(Stopped, SessionTrigger.RetentionOver, None, "time"),
        new(Expired, SessionTrigger.RetentionOver, None, "time"),
        new(Error, SessionTrigger.RetentionOver, None, "time"),
    ];

    private static readonly SessionRule[] _rules =
    [
        // In this order: None, Starting, Ready, Stopped, Expired, Error.
        .. Row(SessionAction.Read, NotFound, Ok, Ok, Ok, Ok, Ok),
        .. Row(SessionAction.CreateSame, Created, Ok, Ok, Conflict, Conflict, Conflict),
        .. Row(SessionAction.CreateOther, Created, Conflict, Conflict, Conflict, Conflict, Conflict),
        .. Row(SessionAction.ExtendLarger, NotFound, Ok, Ok, LeaseEnded, LeaseEnded, LeaseEnded),
        .. Row(SessionAction.ExtendNotLarger, NotFound, LeaseNotLarger, LeaseNotLarger, LeaseEnded, LeaseEnded, LeaseEnded),
        .. Row(SessionAction.Stop, NotFound, NoContent, NoContent, NoContent, NoContent, NoContent),
        .. Row(SessionAction.List, NotListed, Listed, Listed, NotListed, NotListed, NotListed),
        .. Row(SessionAction.Connect, NotFound, NotReady, Accepted, Ended, Ended, Ended),
    ];

    private static readonly SessionTransition[][] _byState = [
        .. Enum.GetValues<SessionState>().Select(state => _transitions.Where(row => row.From == state).ToArray())
    ];

    private static readonly int _stateCount = Enum.GetValues<SessionState>().Length;

    /// <summary>Every row, in the order in which ties are decided.</summary>
    public static IReadOnlyList<SessionTransition> Transitions => _transitions;

    /// <summary>Every cell: each action in each state.</summary>
    public static IReadOnlyList<SessionRule> Rules => _rules;

    /// <summary>What the service answers to an action on a session in a state.</summary>
    public static SessionAnswer Answer(SessionAction action, SessionState state) => _rules[((int)action * _stateCount) + (int)state].Answer;

    /// <summary>Where a trigger leads from a state, or <see langword="null"/> when it does nothing there.</summary>
    public static SessionState? Next(SessionState state, SessionTrigger trigger)
    {
        foreach (SessionTransition row in _byState[(int)state])
        {
            if (row.Trigger == trigger)
            {
                return row.To;
            }
        }

        return null;
    }

    /// <summary>Walks the table from the creation to now: in each state the trigger that falls due first is taken.</summary>
    public static SessionReading Read(SessionFacts facts, TimeSpan now)
    {
        SessionState state = Starting;
        TimeSpan enteredAt = facts.CreatedAt;
        TimeSpan readyAt = SessionFacts.Never;
        TimeSpan endedAt = SessionFacts.Never;
        while (true)
        {
            SessionTransition? next = null;
            TimeSpan nextAt = SessionFacts.Never;
            foreach (SessionTransition row in _byState[(int)state])
            {
                TimeSpan due = facts.DueTime(row.Trigger, enteredAt);
                if (row.Trigger != SessionTrigger.Create && due <= now && due < nextAt)
                {
                    next = row;
                    nextAt = due;
                }
            }

            if (next is null)
            {
                return new SessionReading(state, now, readyAt, endedAt);
            }

            state = next.Value.To;
            enteredAt = nextAt;
            if (state == Ready)
            {
                readyAt = nextAt;
            }
            else if (state != None)
            {
                endedAt = nextAt;
            }
        }
    }

    private static IEnumerable<SessionRule> Row(
        SessionAction action, SessionAnswer none, SessionAnswer starting, SessionAnswer ready, SessionAnswer stopped, SessionAnswer expired,
        SessionAnswer error)
    {
        yield return new SessionRule(action, None, none);
        yield return new SessionRule(action, Starting, starting);
        yield return new SessionRule(action, Ready, ready);
        yield return new SessionRule(action, Stopped, stopped);
        yield return new SessionRule(action, Expired, expired);
        yield return new SessionRule(action, Error, error);
    }
}
