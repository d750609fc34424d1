using RemoteRendering.Sessions.Host.Messages;

namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>
/// Tells the instances of one device apart: which bound the session last, and which have been superseded. Belongs to the session's lock.
/// </summary>
internal sealed class HostInstances
{
    /// <summary>How many superseded instances are remembered; the oldest are forgotten first.</summary>
    private const int Capacity = 64;

    private readonly List<string> _superseded = [];
    private HostDevice? _device;
    private string? _newest;

    /// <summary>Whether a newer instance of the same device stands in the way of a bind.</summary>
    /// <param name="request">The bind.</param>
    /// <param name="lastEpoch">The highest epoch that was given out.</param>
    /// <param name="isHeld">Whether the session has a holder.</param>
    public bool IsSuperseded(HostBindRequest request, long lastEpoch, bool isHeld)
    {
        if (_device is null || !_device.IsSame(request.Device) || (request.InstanceId is { } id && id == _newest))
        {
            // An older epoch of the newest instance: the answer to its last bind was lost.
            return false;
        }

        return request.Epoch > 0 && request.Epoch < lastEpoch
            || isHeld && !(request.TakeOver && request.Epoch == 0) && request.InstanceId is { } instance && _superseded.Contains(instance);
    }

    /// <summary>Notes that an instance has lost its place to another one.</summary>
    public void Supersede(string? instanceId)
    {
        if (instanceId is null || _superseded.Contains(instanceId))
        {
            return;
        }

        if (_superseded.Count == Capacity)
        {
            _superseded.RemoveAt(0);
        }

        _superseded.Add(instanceId);
    }

    /// <summary>Notes that an instance has got a new binding.</summary>
    public void OnBound(HostBindRequest request)
    {
        _device = request.Device;
        _newest = request.InstanceId;
        if (_newest is not null)
        {
            _superseded.Remove(_newest);
        }
    }
}
