using System.Diagnostics;
using Xunit;

namespace SalesOps.Chaos.Tests;

/// <summary>A test that mounts a disk of its own: root may, where the system lets it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> mayMount = new(MayMount);

    public DiskFactAttribute() => Skip = mayMount.Value ? null : "Nobody may mount a disk here.";

    private static bool MayMount()
    {
        var directory = Directory.CreateTempSubdirectory("salesops-disk-").FullName;
        using var mount = Process.Start("sh", ["-c", $"mount -t tmpfs -o size=1m tmpfs {directory} 2>&1 && umount {directory}"]);
        mount.WaitForExit();
        Directory.Delete(directory);
        return mount.ExitCode == 0;
    }
}
