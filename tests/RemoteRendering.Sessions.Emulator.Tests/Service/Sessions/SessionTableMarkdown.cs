using System.Text;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Sessions;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Sessions;

/// <summary>Shows the table of states as the README does.</summary>
internal static class SessionTableMarkdown
{
    public static string Render()
    {
        SessionState[] states = Enum.GetValues<SessionState>();
        var text = new StringBuilder("| in | when | it becomes | by |\n|---|---|---|---|\n");
        foreach (SessionTransition row in SessionStateTable.Transitions)
        {
            text.Append($"| {Name(row.From)} | {Words(row.Trigger)} | {Name(row.To)} | {row.By} |\n");
        }

        text.Append("\n| | ").AppendJoin(" | ", states.Select(Name)).Append(" |\n|---|").Append(string.Concat(states.Select(_ => "---|")))
            .Append('\n');
        foreach (SessionAction action in Enum.GetValues<SessionAction>())
        {
            text.Append($"| {Words(action)} | ")
                .AppendJoin(" | ", states.Select(state => Words(action, SessionStateTable.Answer(action, state)))).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Name(SessionState state) => state == SessionState.None ? "(none)" : state.ToString();

    private static string Words(SessionTrigger trigger) => trigger switch
    {
        SessionTrigger.Create => "create",
        SessionTrigger.BootDone => "the boot time has passed",
        SessionTrigger.StartFailed => "the boot time has passed and the start was to fail",
        SessionTrigger.CapacityLost => "the boot time has passed and no host was free at the creation",
        SessionTrigger.HostLost => "the host is lost",
        SessionTrigger.LeaseOver => "the lease, counted from Ready, has passed",
        SessionTrigger.Stop => "stop",
        SessionTrigger.RetentionOver => "30 days have passed since the end",
        _ => throw new ArgumentOutOfRangeException(nameof(trigger)),
    };

    private static string Words(SessionAction action) => action switch
    {
        SessionAction.Read => "read",
        SessionAction.CreateSame => "create, same settings",
        SessionAction.CreateOther => "create, other settings",
        SessionAction.ExtendLarger => "update, larger lease",
        SessionAction.ExtendNotLarger => "update, no larger lease",
        SessionAction.Stop => "stop",
        SessionAction.List => "list",
        SessionAction.Connect => "connect",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static string Words(SessionAction action, SessionAnswer answer) => answer switch
    {
        SessionAnswer.NotFound when action == SessionAction.Connect => "not found",
        SessionAnswer.Ok => "200",
        SessionAnswer.Created => "201",
        SessionAnswer.NoContent => "204",
        SessionAnswer.NotFound => "404",
        SessionAnswer.Conflict => "409",
        SessionAnswer.LeaseNotLarger or SessionAnswer.LeaseEnded => "422",
        SessionAnswer.Listed => "listed",
        SessionAnswer.NotListed => "left out",
        SessionAnswer.Accepted => "accepted",
        SessionAnswer.NotReady => "not ready",
        SessionAnswer.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };
}
