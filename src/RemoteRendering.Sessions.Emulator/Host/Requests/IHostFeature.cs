using RemoteRendering.Sessions.Emulator.Host.Binding;
using RemoteRendering.Sessions.Emulator.Host.Messages;

namespace RemoteRendering.Sessions.Emulator.Host.Requests;

/// <summary>A part of a host that answers requests. Everything it keeps for a device belongs to the binding and goes with it.</summary>
internal interface IHostFeature
{
    /// <summary>Gets the name in the <c>features</c> of a bind answer; null for a part that every host has.</summary>
    string? Name { get; }

    /// <summary>Gets the methods it answers.</summary>
    IReadOnlyCollection<string> Methods { get; }

    /// <summary>Gets the kinds of binary requests it answers.</summary>
    IReadOnlyCollection<byte> BinaryKinds => [];

    /// <summary>Gets the hierarchical states that it takes and does nothing with, as a bind answer names them.</summary>
    IReadOnlyCollection<string> UnsupportedStates => [];

    /// <summary>Whether a binary request of one of its kinds has a payload that makes sense as a whole; one that has not ends the link.</summary>
    bool IsWellFormed(HostFrame frame) => true;

    /// <summary>
    /// Runs a request, once. Requests of a binding are started in their order, one at a time: the synchronous part of this method is never
    /// run twice at once for a binding. A request whose binding ended or that was cancelled sees its token cancelled.
    /// </summary>
    ValueTask<HostAnswer> InvokeAsync(HostRequest request);

    /// <summary>Says that a binding has a link again. Runs under the session's lock and must return at once.</summary>
    void OnResumed(HostBinding binding)
    {
    }

    /// <summary>Says that a binding is over, with the scene it had. Runs under the session's lock and must return at once.</summary>
    void OnBindingEnded(HostBinding binding);
}
