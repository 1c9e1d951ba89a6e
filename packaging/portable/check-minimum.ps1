# The same facts as check-minimum.sh, of a Windows machine; exit 0 fit, 3 below the minimum. Not run where it was written.
param([Parameter(Mandatory = $true)][string]$Folder)
$ErrorActionPreference = 'Stop'
$missing = @()
$advice = $null
if (-not [Environment]::Is64BitOperatingSystem) {
  $missing += 'Windows 64-bit; komputer ini 32-bit.'
  $advice = 'Pakai komputer lain.'
}
$build = [int](Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion').CurrentBuildNumber
if ($build -lt 19045) {
  $missing += "Windows 10 versi 22H2 atau lebih baru; terpasang build $build."
  if ($null -eq $advice) { $advice = 'Jalankan Windows Update sampai versi 22H2, lalu mulai lagi; atau pakai komputer lain.' }
}
$memory = [math]::Floor((Get-CimInstance Win32_ComputerSystem).TotalPhysicalMemory / 1MB)
if ($memory -lt 3400) {
  $missing += "Memori 4 GB; terpasang $memory MB."
  if ($null -eq $advice) { $advice = 'Pakai komputer lain.' }
}
$free = [math]::Floor((Get-Item $Folder).PSDrive.Free / 1MB)
if ($free -lt 2000) {
  $missing += "Ruang kosong 2 GB; tersisa $free MB."
  if ($null -eq $advice) { $advice = 'Kosongkan disk, lalu mulai lagi.' }
}
if ($missing.Count -eq 0) { exit 0 }
Write-Host 'Loket OPOP tidak dijalankan: komputer ini di bawah kebutuhan minimum.'
Write-Host 'Yang kurang:'
$missing | ForEach-Object { Write-Host "  - $_" }
Write-Host 'Tidak ada yang diubah di komputer ini.'
Write-Host "Yang dapat dilakukan: $advice"
exit 3
