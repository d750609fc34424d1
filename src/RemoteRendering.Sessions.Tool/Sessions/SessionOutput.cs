using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace RemoteRendering.Sessions.Tool.Sessions;

/// <summary>Writes sessions for people, as a table, or for programs, as lines of JSON.</summary>
internal static class SessionOutput
{
    public static async Task WriteAsync(TextWriter output, IAsyncEnumerable<RenderingSessionProperties> sessions, bool json)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumns("Id", "Status", "Size", "Elapsed", "Lease", "Host");
        bool any = false;
        await foreach (RenderingSessionProperties session in sessions.ConfigureAwait(false))
        {
            any = true;
            if (json)
            {
                await output.WriteLineAsync(Format(session)).ConfigureAwait(false);
            }
            else
            {
                table.AddRow(
                    Markup.Escape(session.Id),
                    Markup.Escape(session.Status.ToString()),
                    Markup.Escape(session.Size.ToString()),
                    Minutes(session.ElapsedTime),
                    Minutes(session.MaxLeaseTime),
                    Markup.Escape(session.Error is { } error ? $"{error.Code}: {error.Message}" : session.Hostname ?? string.Empty));
            }
        }

        if (!json && !any)
        {
            await output.WriteLineAsync("No sessions.").ConfigureAwait(false);
        }
        else if (!json)
        {
            IAnsiConsole console =
                AnsiConsole.Create(new AnsiConsoleSettings { Out = new PlainConsoleOutput(output), Ansi = AnsiSupport.No });
            console.Write(table);
        }

        await output.FlushAsync().ConfigureAwait(false);
    }

    public static Task WriteAsync(TextWriter output, RenderingSessionProperties session, bool json)
        => WriteAsync(output, new[] { session }.ToAsyncEnumerable(), json);

    private static string Minutes(TimeSpan? time)
        => time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalMinutes:0} min") : string.Empty;

    private static string Format(RenderingSessionProperties session)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", session.Id);
            json.WriteString("status", session.Status.ToString());
            json.WriteString("size", session.Size.ToString());
            json.WriteString("hostname", session.Hostname);
            WriteNumber(json, "handshakePort", session.HandshakePort);
            WriteNumber(json, "elapsedMinutes", session.ElapsedTime?.TotalMinutes);
            WriteNumber(json, "maxLeaseMinutes", session.MaxLeaseTime?.TotalMinutes);
            json.WriteString("error", session.Error is { } error ? $"{error.Code}: {error.Message}" : null);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
