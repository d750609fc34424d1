using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// Tells the client how far a request has come, often enough that it sees that the host lives, and never backwards. Thread-safe.
/// </summary>
internal sealed class ProgressReporter : IDisposable
{
    /// <summary>The protocol wants one in 250 ms, and a busy machine is late.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly HostRequest _request;
    private readonly ITimer _timer;
    private double _value;
    private bool _isOver;

    public ProgressReporter(HostRequest request, TimeProvider time)
    {
        _request = request;
        _timer = BackgroundWork.CreateTimer(time, static state => ((ProgressReporter)state!).Send(), this, Interval, Interval);
    }

    /// <summary>Notes how far it has come, from 0 to 1; sent with the next beat.</summary>
    public void Report(double value)
    {
        lock (_gate)
        {
            _value = Math.Max(_value, Math.Clamp(value, 0, 1));
        }
    }

    /// <summary>Sends that all is done; the answer follows.</summary>
    public void Finish()
    {
        Report(1);
        Send();
        Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
        }

        _timer.Dispose();
    }

    private void Send()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _request.ReportProgress(_value);
            }
        }
    }
}
