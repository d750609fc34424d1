using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// What goes wrong on the service side: by script, or at random from a seed. Works the same in-process and over sockets. All members are
/// thread-safe.
/// </summary>
public sealed class EmulatorFaults
{
    private readonly object _gate = new();
    private readonly Dictionary<ServiceOperation, Queue<EmulatorFault>> _scripts = [];
    private readonly Dictionary<ServiceOperation, ulong> _counts = [];
    private EmulatorFault[] _randomFaults = [];
    private double _probability;
    private int _seed;

    internal EmulatorFaults()
    {
    }

    /// <summary>Lets the next requests for an operation fail. Calls add up, in order.</summary>
    /// <param name="operation">Which requests.</param>
    /// <param name="fault">What happens to them.</param>
    /// <param name="times">How many requests; at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fault"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="fault"/> is one that only updates can have, and <paramref name="operation"/> is another operation.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is less than 1.</exception>
    public void Next(ServiceOperation operation, EmulatorFault fault, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        if (fault.IsOfUpdates && operation != ServiceOperation.Update)
        {
            throw new ArgumentException($"The fault '{fault}' is for {ServiceOperation.Update}, not for {operation}.", nameof(fault));
        }

        lock (_gate)
        {
            if (!_scripts.TryGetValue(operation, out Queue<EmulatorFault>? script))
            {
                _scripts.Add(operation, script = new Queue<EmulatorFault>());
            }

            for (int i = 0; i < times; i++)
            {
                script.Enqueue(fault);
            }
        }
    }

    /// <summary>
    /// Lets requests fail at random from now on. Which ones depends on the seed, the operation and how many requests for that operation
    /// there were since this call: the same seed hits the same requests, whatever else goes on. A fault that only updates can have leaves
    /// other requests as they are.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="probability">How likely a request is hit, 0 to 1.</param>
    /// <param name="faults">What may happen, each equally likely; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="faults"/> is empty or has a null in it.</exception>
    public void Randomize(int seed, double probability, params EmulatorFault[] faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability must be between 0 and 1.");
        }

        if (faults.Length == 0 || faults.Contains(null))
        {
            throw new ArgumentException("There must be at least one fault, and none may be null.", nameof(faults));
        }

        lock (_gate)
        {
            _seed = seed;
            _probability = probability;
            _randomFaults = [.. faults];
            _counts.Clear();
        }
    }

    /// <summary>Ends all faults, scripted and random, that have not happened yet.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _scripts.Clear();
            _counts.Clear();
            _randomFaults = [];
            _probability = 0;
        }
    }

    internal EmulatorFault? Take(ServiceOperation operation)
    {
        lock (_gate)
        {
            if (_scripts.TryGetValue(operation, out Queue<EmulatorFault>? script) && script.TryDequeue(out EmulatorFault? scripted))
            {
                return scripted;
            }

            if (_randomFaults.Length == 0)
            {
                return null;
            }

            ulong count = _counts.GetValueOrDefault(operation);
            _counts[operation] = count + 1;
            ulong random = Mix(((ulong)(uint)_seed << 32) ^ ((ulong)operation << 56) ^ count);
            double hit = (random >> 11) * (1.0 / (1UL << 53));
            EmulatorFault? chosen = hit < _probability ? _randomFaults[(int)(Mix(random) % (ulong)_randomFaults.Length)] : null;
            return chosen is { IsOfUpdates: true } && operation != ServiceOperation.Update ? null : chosen;
        }
    }

    /// <summary>SplitMix64: a good hash of a counter, and the same on every runtime, which Random does not promise.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
