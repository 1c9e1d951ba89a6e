; What electron-builder's NSIS script includes: the minimum before anything is unpacked, the data folder with its rights,
; and an uninstaller that refuses while money or documents are unsent. Compiled in a test with the system's own makensis;
; it was not run on Windows where this was built.
!include LogicLib.nsh
!include FileFunc.nsh
!include x64.nsh

; 22H2 of Windows 10; every Windows 11 counts higher.
!define LOKET_OLDEST_BUILD 19045
; 4 GB as sold: the firmware and the screen keep a part for themselves.
!define LOKET_MEMORY_MB 3400
!define LOKET_DISK_MB 2000
!define LOKET_GROUP "Loket OPOP"
!define LOKET_FOLDER "$APPDATA\Loket OPOP"

; $R0 build, $R1 memory (MB), $R2 free disk (MB) -> $R3 what is missing, $R4 what can be done; both empty when it fits.
!macro loketJudge
  StrCpy $R3 ""
  StrCpy $R4 ""
  ${IfNot} ${RunningX64}
    StrCpy $R3 "$R3$\r$\n - Windows 64-bit; komputer ini 32-bit."
    StrCpy $R4 "Pakai komputer lain. Arsip portabel berjalan di sana tanpa pemasangan, lewat peramban."
  ${EndIf}
  ${If} $R0 < ${LOKET_OLDEST_BUILD}
    StrCpy $R3 "$R3$\r$\n - Windows 10 versi 22H2 atau lebih baru; terpasang build $R0."
    ${If} $R4 == ""
      StrCpy $R4 "Jalankan Windows Update sampai versi 22H2, lalu pasang lagi; atau pakai arsip portabel di komputer lain."
    ${EndIf}
  ${EndIf}
  ${If} $R1 < ${LOKET_MEMORY_MB}
    StrCpy $R3 "$R3$\r$\n - Memori 4 GB; terpasang $R1 MB."
    ${If} $R4 == ""
      StrCpy $R4 "Pakai komputer lain. Arsip portabel berjalan di sana tanpa pemasangan, lewat peramban."
    ${EndIf}
  ${EndIf}
  ${If} $R2 < ${LOKET_DISK_MB}
    StrCpy $R3 "$R3$\r$\n - Ruang kosong 2 GB; tersisa $R2 MB."
    ${If} $R4 == ""
      StrCpy $R4 "Kosongkan disk, lalu pasang lagi."
    ${EndIf}
  ${EndIf}
!macroend

!macro loketFacts
  SetRegView 64
  ReadRegStr $R0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ; MEMORYSTATUSEX: 64 bytes, the second number of 64 bits is the memory of the machine.
  System::Alloc 64
  Pop $R9
  System::Call "*$R9(i 64)"
  System::Call "kernel32::GlobalMemoryStatusEx(p R9) i .R8"
  StrCpy $R1 0
  ${If} $R8 <> 0
    System::Call "*$R9(i, i, l .R1)"
    System::Int64Op $R1 / 1048576
    Pop $R1
  ${EndIf}
  System::Free $R9
  ${GetRoot} "$PROGRAMFILES64" $R8
  ${DriveSpace} "$R8\" "/D=F /S=M" $R2
!macroend

!macro customInit
  !insertmacro loketFacts
  !insertmacro loketJudge
  ${If} $R3 != ""
    MessageBox MB_OK|MB_ICONSTOP "Loket OPOP tidak dipasang: komputer ini di bawah kebutuhan minimum.$\r$\n$\r$\nYang kurang:$R3$\r$\n$\r$\nTidak ada yang diubah di komputer ini.$\r$\nYang dapat dilakukan: $R4" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
!macroend

!macro customInstall
  ; The data lies where every user's program finds it, and only the people of the counter, the system and the
  ; administrators open it. Names of well-known groups differ by language; their numbers do not.
  SetShellVarContext all
  CreateDirectory "${LOKET_FOLDER}"
  nsExec::ExecToLog 'net localgroup "${LOKET_GROUP}" /add'
  Pop $R8
  nsExec::ExecToLog 'icacls "${LOKET_FOLDER}" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F "${LOKET_GROUP}:(OI)(CI)M"'
  Pop $R8
  ${If} $R8 != 0
    MessageBox MB_OK|MB_ICONSTOP "Hak folder data ${LOKET_FOLDER} tidak dapat diatur (icacls $R8). Program terpasang, tetapi jangan dipakai: data pribadi akan terbuka bagi pengguna lain.$\r$\nYang dapat dilakukan: jalankan pemasang lagi sebagai administrator." /SD IDOK
    SetErrorLevel 4
  ${EndIf}
!macroend

!macro customUnInit
  ; An update takes the old program away by this same uninstaller and puts the new one over the same data.
  ${IfNot} ${isUpdated}
    SetShellVarContext all
    ; The counter keeps this file while anything waits, and the journal says so to whoever cannot read it.
    ${If} ${FileExists} "${LOKET_FOLDER}\counter\unsent"
      MessageBox MB_OK|MB_ICONSTOP "Loket OPOP tidak dihapus: masih ada uang atau berkas yang belum diterima Bapenda.$\r$\n$\r$\nData aman di ${LOKET_FOLDER}; tidak ada yang diubah.$\r$\nYang dapat dilakukan: buka Loket, sambungkan koneksi dan tunggu Kotak Kirim kosong, atau kirim dengan flashdisk (F10), lalu hapus lagi." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${EndIf}
!macroend
