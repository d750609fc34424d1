using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Logs;
using RemoteRendering.Sessions.Service.Time;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// What happened in the emulator, in order, as JSON lines with the server's time. Holds a bounded number of events: the oldest go first.
/// </summary>
/// <remarks>
/// Every line has <c>n</c> (number, from 1, without gaps), <c>t</c> (milliseconds on the emulator's monotonic clock since it started),
/// <c>at</c> (its wall clock), <c>kind</c>, mostly <c>session</c>, and members of the kind. Tokens and keys are never in it. All members
/// are thread-safe.
/// </remarks>
public sealed class EmulatorHistory
{
    private static readonly JsonWriterOptions _writerOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly object _gate = new();
    private readonly Queue<HistoryEvent> _events = new();
    private readonly ServiceClock _clock;
    private readonly int _capacity;
    private long _count;

    internal EmulatorHistory(ServiceClock clock, int capacity)
    {
        _clock = clock;
        _capacity = capacity;
    }

    /// <summary>Gets how many events there have been, those that are no longer held included.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Reads the events that are held, oldest first, one JSON object each.</summary>
    /// <returns>A copy; later events are not added to it.</returns>
    public IReadOnlyList<string> ReadLines() => Array.ConvertAll(Snapshot(), static item => Render(item));

    /// <summary>Writes the events that are held, oldest first, one JSON object a line.</summary>
    /// <param name="writer">Where to.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void WriteTo(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (HistoryEvent item in Snapshot())
        {
            writer.Write(Render(item));
            writer.Write('\n');
        }
    }

    /// <summary>Adds an event. Values may be text, numbers, truth values and null; whatever else is written as its text.</summary>
    internal void Append(string kind, string? sessionId, params (string Name, object? Value)[] fields)
        => Append(kind, sessionId, new HistoryFields(fields));

    /// <summary>Adds an event.</summary>
    internal void Append(string kind, string? sessionId, HistoryFields fields)
    {
        lock (_gate)
        {
            if (_events.Count >= _capacity)
            {
                _events.Dequeue();
            }

            // The time is read under the lock, so that it never runs backwards along the numbers.
            _events.Enqueue(new HistoryEvent(++_count, _clock.Now.Ticks, _clock.WallNow, kind, sessionId, fields));
        }
    }

    private HistoryEvent[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _events];
        }
    }

    private static string Render(HistoryEvent item)
    {
        var buffer = new ArrayBufferWriter<byte>(160);
        using var json = new Utf8JsonWriter(buffer, _writerOptions);
        json.WriteStartObject();
        json.WriteNumber("n"u8, item.Number);
        json.WriteNumber("t"u8, decimal.Divide(item.Ticks, TimeSpan.TicksPerMillisecond));
        json.WriteString("at"u8, item.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("kind"u8, item.Kind);
        if (item.SessionId is not null)
        {
            json.WriteString("session"u8, item.SessionId);
        }

        foreach ((string name, object? value) in item.Fields.ToArray())
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
