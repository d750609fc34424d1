using System.Reflection;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.Pipeline.Tokens;
using RemoteRendering.Sessions.Scene.Sync;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions.Tests.Diagnostics.Support;

/// <summary>The events of the log: those of Diagnostics/logging.md, and those of the code.</summary>
internal static class LogTable
{
    /// <summary>Where events of a type are written, when that is not the type itself.</summary>
    private static readonly Dictionary<Type, Type> Categories = new()
    {
        [typeof(SessionLog)] = typeof(RenderingSession),
        [typeof(LeaseLog)] = typeof(RenderingLeaseRenewal),
        [typeof(ConnectionLog)] = typeof(RenderingConnection),
        [typeof(SceneLog)] = typeof(RenderingConnection),
        [typeof(ExchangeTokenSource)] = typeof(RemoteRenderingClient),
    };

    /// <summary>Reads the rows of the page, with the text of the column "when".</summary>
    public static IReadOnlyList<(LogEvent Event, string When)> ReadPage()
    {
        string[] lines = Repository.Read("src/RemoteRendering.Sessions/Diagnostics/logging.md").Split('\n');
        return [
            .. lines.Where(
                static line => line.Length > 2 && line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2])).Select(Row)
        ];
    }

    /// <summary>Reads the attributes of an assembly.</summary>
    public static IReadOnlyList<LogEvent> ReadCode(Assembly assembly)
        => [.. assembly.GetTypes()
            .SelectMany(static type =>
                type.GetMethods(
                    BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(static method => (Method: method, Attribute: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(static found => found.Attribute is not null)
            .Select(static found => new LogEvent(
                found.Attribute!.EventId, found.Attribute.EventName ?? string.Empty, Category(found.Method.DeclaringType!),
                found.Attribute.Level.ToString(), found.Attribute.Message))];

    private static string Category(Type type) => (Categories.GetValueOrDefault(type) ?? type).Name;

    private static (LogEvent Event, string When) Row(string line)
    {
        string[] cells = [.. line.Trim('|').Split('|').Select(static cell => cell.Trim())];
        return (
            new LogEvent(
                int.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture), cells[1].Trim('`'), cells[2].Trim('`'), cells[3],
                cells[5].Trim('`')),
            cells[4]);
    }
}
