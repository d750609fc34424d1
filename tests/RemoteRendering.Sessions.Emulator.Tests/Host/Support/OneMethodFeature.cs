using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Support;

/// <summary>Answers "work" as the test says, and may throw when it is told of a binding.</summary>
internal sealed class OneMethodFeature(Func<HostRequest, HostAnswer> work) : IHostFeature
{
    public string Name => "one";

    public IReadOnlyCollection<string> Methods => ["work"];

    public Exception? OnChange { get; set; }

    public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => new(work(request));

    public void OnResumed(HostBinding binding) => Throw();

    public void OnBindingEnded(HostBinding binding) => Throw();

    private void Throw()
    {
        if (OnChange is { } exception)
        {
            throw exception;
        }
    }
}
